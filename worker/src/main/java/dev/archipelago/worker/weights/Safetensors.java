package dev.archipelago.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tensors of float32 in the safetensors format: the header's length (8 bytes, little-endian), a
 * header in JSON, the values one after the other, little-endian and row by row. Python reads it
 * with {@code safetensors.numpy.load_file}.
 *
 * <p><b>Checked by:</b> {@code SafetensorsTest}, against bytes written out by hand.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OFFSETS = "data_offsets";
  private static final String METADATA = "__metadata__";
  private static final byte PADDING = ' ';

  private Safetensors() {}

  /**
   * @param tensors values by name, in the order in which they are to lie
   * @param shapes dimensions by name; a tensor that has none here is a vector
   * @throws ArithmeticException if that is more than an array holds, 2 GiB
   */
  public static byte[] write(Map<String, float[]> tensors, Map<String, List<Integer>> shapes) {
    return write(tensors, shapes, Map.of());
  }

  /**
   * As above.
   *
   * @param metadata texts by name; they are written in the order of the names
   */
  public static byte[] write(
      Map<String, float[]> tensors,
      Map<String, List<Integer>> shapes,
      Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      new TreeMap<>(metadata).forEach(texts::put);
    }
    long end = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      List<Integer> shape = shapes.getOrDefault(tensor.getKey(), List.of(tensor.getValue().length));
      shape.forEach(entry.putArray("shape")::add);
      long begin = end;
      end += (long) tensor.getValue().length * Float.BYTES;
      entry.putArray(OFFSETS).add(begin).add(end);
    }
    byte[] text = padded(header.toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + text.length + end))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text);
    for (float[] values : tensors.values()) {
      bytes.asFloatBuffer().put(values);
      bytes.position(bytes.position() + values.length * Float.BYTES);
    }
    return bytes.array();
  }

  /** So that the values begin at a multiple of 8, as the format's own writer has it. */
  private static byte[] padded(byte[] text) {
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, PADDING);
    return padded;
  }

  /**
   * Values by name, in the header's order.
   *
   * @throws IOException if these are no tensors of float32
   */
  public static Map<String, float[]> read(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = headerLength(bytes);
    int data = Long.BYTES + length;
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header(bytes, length).properties()) {
      if (!entry.getKey().equals(METADATA)) {
        tensors.put(entry.getKey(), values(entry.getKey(), entry.getValue(), buffer, data));
      }
    }
    return tensors;
  }

  /**
   * Dimensions by name, in the header's order.
   *
   * @throws IOException if there is no header
   */
  public static Map<String, List<Integer>> shapes(byte[] bytes) throws IOException {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header(bytes, headerLength(bytes)).properties()) {
      if (!entry.getKey().equals(METADATA)) {
        List<Integer> shape = new ArrayList<>();
        entry.getValue().path("shape").forEach(side -> shape.add(side.asInt()));
        shapes.put(entry.getKey(), shape);
      }
    }
    return shapes;
  }

  /**
   * Texts by name that were written with the tensors; often none.
   *
   * @throws IOException if there is no header
   */
  public static Map<String, String> metadata(byte[] bytes) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        header(bytes, headerLength(bytes)).path(METADATA).properties()) {
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    return metadata;
  }

  private static int headerLength(byte[] bytes) throws IOException {
    long length =
        bytes.length < Long.BYTES
            ? -1
            : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > bytes.length - Long.BYTES) {
      throw new IOException("no safetensors: the header is longer than the file");
    }
    return (int) length;
  }

  private static JsonNode header(byte[] bytes, int length) throws IOException {
    return JSON.readTree(new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8));
  }

  private static float[] values(String name, JsonNode entry, ByteBuffer buffer, int data)
      throws IOException {
    long begin = entry.path(OFFSETS).path(0).asLong(-1);
    long end = entry.path(OFFSETS).path(1).asLong(-1);
    boolean inside = begin >= 0 && end >= begin && end <= buffer.capacity() - data;
    if (!inside
        || (end - begin) % Float.BYTES != 0
        || !entry.path("dtype").asText().equals("F32")) {
      throw new IOException("no tensor of float32 within the file: " + name);
    }
    float[] values = new float[(int) (end - begin) / Float.BYTES];
    buffer.position(data + (int) begin);
    buffer.asFloatBuffer().get(values);
    return values;
  }
}
