package dev.archipelago.deploy.client;

/** Why a trial has no measurement. */
public record FailureDocument(String category, String message) {}
