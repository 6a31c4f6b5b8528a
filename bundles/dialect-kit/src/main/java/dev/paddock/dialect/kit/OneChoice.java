package dev.paddock.dialect.kit;

import java.util.List;

/** The usual case: one answer, read on the request's own thread. */
final class OneChoice implements Choices {
    private final Answer answer;

    OneChoice(Answer answer) {
        this.answer = answer;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public boolean hasNext() {
        return answer.hasNext();
    }

    @Override
    public Event next() {
        return new Event(0, answer.next());
    }

    @Override
    public List<String> notes() {
        return answer.notes();
    }

    @Override
    public void close() {
        answer.close();
    }
}
