package dev.hearth.client.storage;

import dev.hearth.client.error.StorageException;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// Files page after page; a page is fetched when its first file is asked for. For one thread.
final class FileWalk implements Iterator<FileObject> {

    private final Function<ListV2Options, FilePage> pages;
    private Optional<ListV2Options> ahead;
    private Iterator<FileObject> page = List.<FileObject>of().iterator();

    FileWalk(Function<ListV2Options, FilePage> pages, ListV2Options first) {
        this.pages = pages;
        this.ahead = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && ahead.isPresent()) {
            ListV2Options asked = ahead.get();
            FilePage fetched = pages.apply(asked);
            page = fetched.objects().iterator();
            ahead = fetched.hasNext() ? Optional.of(after(asked, fetched)) : Optional.empty();
        }
        return page.hasNext();
    }

    private static ListV2Options after(ListV2Options asked, FilePage fetched) {
        String cursor =
                fetched.nextCursor()
                        .filter(next -> !asked.cursor().equals(Optional.of(next)))
                        .orElseThrow(
                                () ->
                                        new StorageException(
                                                "storage tells of another page, but not where it"
                                                        + " begins",
                                                200,
                                                null,
                                                null,
                                                null,
                                                null));
        return asked.cursor(cursor);
    }

    @Override
    public FileObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
