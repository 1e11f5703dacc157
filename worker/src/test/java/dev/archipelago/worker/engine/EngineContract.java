package dev.archipelago.worker.engine;

/** What an engine must do that runs every kind of network and computes every proxy. */
public abstract class EngineContract extends CoreContract
    implements RecurrentContract, ProxyContract {}
