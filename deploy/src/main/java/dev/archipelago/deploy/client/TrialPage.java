package dev.archipelago.deploy.client;

import java.util.List;

/**
 * A part of a search's trials, in the order of the proposals.
 *
 * @param total of all that match, not only of this page
 */
public record TrialPage(List<TrialDocument> trials, int total) {}
