package dev.archipelago.controller;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From typed settings to what Akka reads: the one place where its keys are written. */
final class ClusterConfig {
  /** The actor system's name, part of every address; workers have the same. */
  static final String SYSTEM = "archipelago";

  private ClusterConfig() {}

  static Config of(ControllerSettings settings) {
    Map<String, Object> values = new HashMap<>();
    values.put("akka.remote.artery.canonical.hostname", settings.arteryHost());
    values.put("akka.remote.artery.canonical.port", settings.arteryPort());
    values.put("akka.cluster.seed-nodes", seeds(settings.members()));
    boolean postgres = settings.jdbcUrl().startsWith("jdbc:postgresql:");
    String database = "akka-persistence-jdbc.shared-databases.slick.";
    values.put(
        database + "profile", postgres ? "slick.jdbc.PostgresProfile$" : "slick.jdbc.H2Profile$");
    values.put(database + "db.driver", postgres ? "org.postgresql.Driver" : "org.h2.Driver");
    values.put(database + "db.url", settings.jdbcUrl());
    values.put(database + "db.user", settings.jdbcUser());
    values.put(database + "db.password", settings.jdbcPassword());
    return ConfigFactory.parseMap(values)
        .withFallback(ConfigFactory.parseResources("archipelago-controller.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private static List<String> seeds(List<String> members) {
    return members.stream().map(member -> "akka://" + SYSTEM + "@" + member).toList();
  }
}
