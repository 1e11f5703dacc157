package dev.archipelago.worker.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Brings a published data set's files into a directory.
 *
 * <p>Everything is written under a hidden name, checked, and only then renamed in one step.
 */
final class Fetcher {
  private final Downloader downloader;

  Fetcher(HttpClient client, FetchProgress progress) {
    this.downloader = new Downloader(client, progress);
  }

  /** Fetches what is missing or corrupted; what is whole stays as it is. */
  void fetch(PublishedSet set, Path directory) throws IOException, InterruptedException {
    List<PublishedFile> wanted = new ArrayList<>();
    for (PublishedFile file : set.files()) {
      if (!set.has(directory, file)) {
        wanted.add(file);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    Files.createDirectories(directory);
    if (set.origin() instanceof Origin.Files files) {
      for (PublishedFile file : wanted) {
        fetchFile(set, file, files.mirrors(), directory);
      }
    } else if (set.origin() instanceof Origin.Archive archive) {
      fetchArchive(set, wanted, archive, directory);
    }
  }

  private void fetchFile(PublishedSet set, PublishedFile file, List<URI> mirrors, Path directory)
      throws IOException, InterruptedException {
    String name = file.name() + ".gz";
    Path part = part(directory, name);
    downloader.download(sources(mirrors, name), part, () -> stored(name, part, true).verify(file));
    place(set, file, part, directory, name);
  }

  private void fetchArchive(
      PublishedSet set, List<PublishedFile> wanted, Origin.Archive origin, Path directory)
      throws IOException, InterruptedException {
    PublishedFile archive = origin.archive();
    Path part = part(directory, archive.name());
    downloader.download(
        sources(origin.mirrors(), archive.name()),
        part,
        () -> stored(archive.name(), part, false).verify(archive));
    List<PublishedFile> left = new ArrayList<>(wanted);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(part), 1 << 16)) {
      TarReader tar = new TarReader(in);
      while (!left.isEmpty() && tar.next()) {
        for (PublishedFile file : wanted) {
          if (tar.name().equals(origin.folder() + "/" + file.name())) {
            unpack(set, file, tar, directory);
            left.remove(file);
          }
        }
      }
    }
    if (!left.isEmpty()) {
      throw new IOException(archive.name() + " does not contain " + left.get(0).name());
    }
    Files.delete(part);
  }

  private static void unpack(PublishedSet set, PublishedFile file, TarReader tar, Path directory)
      throws IOException {
    Path part = part(directory, file.name());
    try {
      Files.copy(tar.content(), part, StandardCopyOption.REPLACE_EXISTING);
      stored(file.name(), part, false).verify(file);
      place(set, file, part, directory, file.name());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Renames, and moves a corrupted copy out of the way that would be found before the new one. */
  private static void place(
      PublishedSet set, PublishedFile file, Path part, Path directory, String name)
      throws IOException {
    Path target = directory.resolve(name);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    for (Path found = set.onDisk(directory, file).orElse(target);
        !found.equals(target);
        found = set.onDisk(directory, file).orElse(target)) {
      Files.move(
          found,
          found.resolveSibling(found.getFileName() + ".corrupted"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<URI> sources(List<URI> mirrors, String name) {
    return mirrors.stream().map(mirror -> mirror.resolve(name)).toList();
  }

  private static StoredFile stored(String name, Path path, boolean gzipped) {
    return new StoredFile(name, path.toUri(), gzipped);
  }

  private static Path part(Path directory, String name) {
    return directory.resolve("." + name + ".part");
  }
}
