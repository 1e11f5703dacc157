package dev.archipelago.deploy.role;

import dev.archipelago.deploy.settings.HostPort;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** What this process is called, and where others reach it, when nobody has said so. */
final class OwnAddress {
  private OwnAddress() {}

  /** Host and process: different for every worker that was given no name. */
  static String processName() {
    String host = hostName().replaceAll("[^A-Za-z0-9._-]", "-");
    return host + "-" + ProcessHandle.current().pid();
  }

  /** The address from which the first of these that is known by name would be reached. */
  static String towards(List<HostPort> peers) {
    for (HostPort peer : peers) {
      InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
      if (address.isUnresolved()) {
        continue;
      }
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.connect(address); // sends nothing: asks the routing table
        return socket.getLocalAddress().getHostAddress();
      } catch (SocketException e) {
        // No route to this one.
      }
    }
    return hostName();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
