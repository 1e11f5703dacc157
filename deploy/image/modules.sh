# The modules of a Java runtime that is enough for Archipelago; for the scripts that link one.
#
# What the class path asks for (jdeps), and what is found by name only: charsets, elliptic curves
# for TLS, locale data, and jdk.unsupported (sun.misc.Unsafe) for Akka, Jetty and protobuf.
# shellcheck shell=sh disable=SC2034
modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming
modules=$modules,java.net.http,java.prefs,java.rmi,java.scripting,java.security.jgss
modules=$modules,java.security.sasl,java.sql,java.transaction.xa,java.xml
modules=$modules,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net
modules=$modules,jdk.unsupported,jdk.zipfs
