package dev.archipelago.controller.search;

/** How a search's state is shown; implemented by the views. */
public interface SearchAnswers {

  /**
   * @param trouble why it cannot go on now: the journal cannot be written, no worker fits; or empty
   */
  SearchCommand.Answer answer(Question question, Search search, String trouble);

  /** The document of {@code list}. */
  String summary(Search search);
}
