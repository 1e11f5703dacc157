package dev.archipelago.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
  private static final String HEADER =
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";

  /** 1, -2 and 0.5 as float32, least significant byte first. */
  private static final String VALUES = "0000803f" + "000000c0" + "0000003f";

  private static Map<String, float[]> tensors() {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    tensors.put("w", new float[] {1, -2});
    tensors.put("b", new float[] {0.5f});
    return tensors;
  }

  private static byte[] file(String header, String values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(values);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  @Test
  void writesTheFormatToTheByte() {
    assertThat(HEADER).hasSize(110);
    assertThat(Safetensors.write(tensors(), Map.of("w", List.of(2, 1))))
        .isEqualTo(file(HEADER + " ".repeat(2), VALUES)); // up to a multiple of 8
  }

  @Test
  void readsTheFormat() throws IOException {
    Map<String, float[]> read = Safetensors.read(file(HEADER, VALUES));
    assertThat(read.keySet()).containsExactly("w", "b");
    assertThat(read.get("w")).containsExactly(1, -2);
    assertThat(read.get("b")).containsExactly(0.5f);
  }

  @Test
  void keepsTextsBesideTheTensors() throws IOException {
    Map<String, String> texts = Map.of("format", "pt", "a", "with \"quotes\"");
    byte[] blob = Safetensors.write(tensors(), Map.of(), texts);
    assertThat(Safetensors.metadata(blob)).isEqualTo(texts);
    assertThat(Safetensors.read(blob).keySet()).containsExactly("w", "b");
    assertThat(Safetensors.metadata(file(HEADER, VALUES))).isEmpty();
  }

  @Test
  void leavesMetadataOut() throws IOException {
    String header = "{\"__metadata__\":{\"format\":\"pt\"}," + HEADER.substring(1);
    assertThat(Safetensors.read(file(header, VALUES)).keySet()).containsExactly("w", "b");
  }

  @Test
  void tellsShapes() throws IOException {
    String header = "{\"__metadata__\":{\"format\":\"pt\"}," + HEADER.substring(1);
    assertThat(Safetensors.shapes(file(header, VALUES)))
        .containsExactly(Map.entry("w", List.of(2, 1)), Map.entry("b", List.of(1)));
  }

  @Test
  void keepsEveryBit() throws IOException {
    float[] values = {Float.MIN_VALUE, -0f, Float.MAX_VALUE, 0.1f, Float.NEGATIVE_INFINITY};
    byte[] bytes = Safetensors.write(Map.of("x", values), Map.of());
    assertThat(Safetensors.read(bytes).get("x")).containsExactly(values);
  }

  @Test
  void refusesWhatNoArrayHolds() {
    float[] values = new float[1 << 20];
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 512; i++) {
      tensors.put("tensor " + i, values); // 2 GiB, of which only 4 MiB are in memory
    }
    assertThatThrownBy(() -> Safetensors.write(tensors, Map.of()))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void refusesWhatIsNoFileOfFloats() {
    byte[] whole = file(HEADER, VALUES);
    for (byte[] broken :
        List.of(
            new byte[0],
            Arrays.copyOf(whole, 7),
            Arrays.copyOf(whole, 60),
            Arrays.copyOf(whole, whole.length - 1),
            file(HEADER.replace("F32", "F64"), VALUES),
            file(HEADER.replace("[8,12]", "[8,11]"), VALUES),
            file(HEADER.replace("[8,12]", "[12,8]"), VALUES),
            file("{\"w\":", VALUES))) {
      assertThatThrownBy(() -> Safetensors.read(broken)).isInstanceOf(IOException.class);
    }
    for (byte[] broken : List.of(new byte[0], Arrays.copyOf(whole, 60), file("{\"w\":", VALUES))) {
      assertThatThrownBy(() -> Safetensors.shapes(broken)).isInstanceOf(IOException.class);
    }
  }
}
