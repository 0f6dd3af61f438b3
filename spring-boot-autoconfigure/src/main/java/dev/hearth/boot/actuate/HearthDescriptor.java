package dev.hearth.boot.actuate;

import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** All session factories that Hearth caches for. */
public record HearthDescriptor(List<UnitDescriptor> units) implements OperationResponseBody {}
