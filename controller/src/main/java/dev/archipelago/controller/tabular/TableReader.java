package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NasBench201Space;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a {@link Table}'s file, line by line. */
final class TableReader {
  private static final double PERCENT = 100;
  private static final double MEGA = 1e6;

  private final Path file;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<Architecture, Integer> lines = new HashMap<>();

  private String[] fields = {};
  private int line;

  private TableReader(Path file) {
    this.file = file;
  }

  static List<Entry> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new TableException(
          (Files.exists(file) ? file + " is no file" : "there is no file " + file)
              + "; a table is NAS-Bench-201 as CSV (.csv or .csv.gz), one architecture a line,"
              + " with the columns that docs/search-quality.md names");
    }
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = isGzip(file) ? new GZIPInputStream(bytes) : bytes;
        BufferedReader text =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()))) {
      return new TableReader(file).read(text);
    } catch (CharacterCodingException e) {
      throw new TableException(file + " is not text in UTF-8", e);
    } catch (ZipException | EOFException e) {
      throw new TableException(file + " is no whole gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TableException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isGzip(Path file) {
    return file.toString().endsWith(".gz");
  }

  private List<Entry> read(BufferedReader text) throws IOException {
    String header = text.readLine();
    if (header == null) {
      throw new TableException(file + " is empty");
    }
    String[] names = header.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i].strip(), i);
    }
    List<Entry> entries = new ArrayList<>();
    line = 1;
    for (String row = text.readLine(); row != null; row = text.readLine()) {
      line++;
      if (!row.isBlank()) {
        fields = row.split(",", -1);
        if (fields.length != names.length) {
          throw new TableException(
              "%s:%d: %d fields, the header has %d"
                  .formatted(file, line, fields.length, names.length));
        }
        entries.add(entry());
      }
    }
    return entries;
  }

  private Entry entry() {
    Map<TestSet, Double> tests = new EnumMap<>(TestSet.class);
    for (TestSet set : TestSet.values()) {
      percent(set.column()).ifPresent(accuracy -> tests.put(set, accuracy));
    }
    return new Entry(
        Math.toIntExact(whole("index", Integer.MAX_VALUE)),
        architecture(),
        whole("params", Long.MAX_VALUE),
        Math.round(MEGA * required("mflops_cifar10", 0, 1e9)),
        required("c10_train_s_per_epoch", Double.MIN_VALUE, 1e9),
        percent("c10_val_e12"),
        percent("c10_val_e200"),
        tests);
  }

  private Architecture architecture() {
    String text = field("arch");
    Architecture architecture;
    try {
      architecture = NasBench201Space.parseText(text);
    } catch (IllegalArgumentException e) {
      throw bad("arch", String.valueOf(e.getMessage()));
    }
    Integer before = lines.putIfAbsent(architecture, line);
    if (before != null) {
      throw bad("arch", text + " stands on line " + before + " already");
    }
    return architecture;
  }

  private OptionalDouble percent(String column) {
    OptionalDouble value = optional(column, 0, PERCENT);
    return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() / PERCENT);
  }

  private double required(String column, double least, double most) {
    return optional(column, least, most).orElseThrow(() -> bad(column, "is empty"));
  }

  private OptionalDouble optional(String column, double least, double most) {
    String text = field(column);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw bad(column, "\"" + text + "\" is no number");
    }
    throw bad(column, text + " is out of range");
  }

  private long whole(String column, long most) {
    String text = field(column);
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad(column, "\"" + text + "\" is no whole number");
    }
    throw bad(column, text + " is out of range");
  }

  private String field(String column) {
    Integer place = columns.get(column);
    if (place == null) {
      throw new TableException(file + " has no column " + column);
    }
    return fields[place].strip();
  }

  private TableException bad(String column, String problem) {
    return new TableException("%s:%d: column %s: %s".formatted(file, line, column, problem));
  }
}
