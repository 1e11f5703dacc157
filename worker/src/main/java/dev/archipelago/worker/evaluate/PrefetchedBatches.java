package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Another source's batches, the next of which is prepared while its reader computes: what a device
 * is for that leaves the CPU idle. The same batches in the same order.
 */
final class PrefetchedBatches implements BatchSource {
  private final BatchSource source;
  private final Executor executor;
  private final boolean asFloats;
  private @Nullable Batch spare;
  private @Nullable CompletableFuture<Boolean> pending; // whether the spare one holds the next

  /**
   * @param executor prepares batches, one at a time
   * @param asFloats whether crops are painted ahead, too
   */
  PrefetchedBatches(BatchSource source, Executor executor, boolean asFloats) {
    this.source = source;
    this.executor = executor;
    this.asFloats = asFloats;
  }

  @Override
  public Task task() {
    return source.task();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public void begin(SplitMix64 random) {
    if (pending != null) {
      pending.exceptionally(error -> false).join(); // of a pass that was left
      pending = null;
    }
    source.begin(random);
  }

  @Override
  public boolean next(Batch batch) {
    Batch ahead = spare;
    if (ahead == null || ahead.capacity() != batch.capacity()) {
      if (pending != null) {
        throw new IllegalArgumentException("a pass has batches of one capacity");
      }
      ahead = new Batch(batch.capacity(), batch.elements());
      spare = ahead;
    }
    boolean more = await(pending != null ? pending : prepare(ahead));
    batch.swap(ahead);
    pending = more ? prepare(ahead) : null;
    return more;
  }

  private CompletableFuture<Boolean> prepare(Batch batch) {
    return CompletableFuture.supplyAsync(
        () -> {
          boolean more = source.next(batch);
          if (asFloats) {
            batch.images();
          }
          return more;
        },
        executor);
  }

  private static boolean await(CompletableFuture<Boolean> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
