package dev.hearth.warming;

import dev.hearth.test.shop.Product;

/** Managed tasks as tests want them. */
final class Tasks {
    private Tasks() {}

    static ManagedTask managed(String name, Priority priority) {
        WarmTask task =
                WarmTask.entities(name, Product.class).priority(priority).build();
        return new ManagedTask(new TaskCatalog.Checked(task, "region", "definition"), new Observers());
    }

    static ManagedTask waiting(String name, Priority priority) {
        ManagedTask task = managed(name, priority);
        task.wish(new ManagedTask.Wish(Trigger.START, 0));
        return task;
    }
}
