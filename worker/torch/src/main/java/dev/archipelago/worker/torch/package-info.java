/**
 * The engine on libtorch, through JavaCPP: the default engine, and the only code that sees {@code
 * org.bytedeco}.
 *
 * <p>Entry point: {@link dev.archipelago.worker.torch.TorchEngine}. May use {@code protocol} and
 * {@code worker.engine}.
 */
@NullMarked
package dev.archipelago.worker.torch;

import org.jspecify.annotations.NullMarked;
