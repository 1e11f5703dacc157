package dev.archipelago.worker.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Until it is closed, this thread's convolutions and matrix products compute in bfloat16:
 * libtorch's autocast casts what they read, and autograd casts gradients back to their leaves'
 * float32.
 *
 * <p>For a forward pass alone, loss and backward pass left out, as torch.amp has it. Cast weights
 * are not kept: a pass reads each once, and one kept over an update would be stale.
 */
final class Autocast implements AutoCloseable {
  private final DeviceType device;
  private final boolean keeps;

  Autocast(DeviceType device) {
    this.device = device;
    this.keeps = torch.is_autocast_cache_enabled();
    torch.set_autocast_dtype(device, ScalarType.BFloat16);
    torch.set_autocast_cache_enabled(false);
    torch.set_autocast_enabled(device, true);
  }

  @Override
  public void close() {
    torch.set_autocast_enabled(device, false);
    torch.set_autocast_cache_enabled(keeps);
  }
}
