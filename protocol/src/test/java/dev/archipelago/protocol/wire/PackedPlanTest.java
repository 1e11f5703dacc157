package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PackedPlanTest {

  @Test
  void bringsBackAPlan() {
    ByteString packed = PackedPlan.toBytes(Fixtures.plan());
    assertThat(PackedPlan.fromBytes(packed)).isEqualTo(Fixtures.plan());
  }

  /** A gigabyte of zeros is a megabyte of bytes: reading stops long before its end. */
  @Test
  void refusesWhatUnpacksWithoutEnd() throws IOException {
    assertThatThrownBy(() -> PackedPlan.fromBytes(zeros(PackedPlan.LIMIT_BYTES + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8388608 bytes");
  }

  @Test
  void refusesWhatIsNoPackedPlan() {
    ByteString packed = PackedPlan.toBytes(Fixtures.plan());
    for (ByteString wrong :
        new ByteString[] {
          ByteString.copyFromUtf8("plan"),
          packed.substring(0, packed.size() / 2),
          packed.substring(1)
        }) {
      assertThatThrownBy(() -> PackedPlan.fromBytes(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a packed plan");
    }
  }

  private static ByteString zeros(int count) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(new byte[count]);
    }
    return bytes.toByteString();
  }
}
