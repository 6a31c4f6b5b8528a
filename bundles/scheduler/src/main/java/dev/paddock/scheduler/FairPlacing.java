package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.scheduler.SchedulingPolicy.Choice;
import dev.paddock.api.scheduler.SchedulingPolicy.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where one model goes: all of it on a GPU before a part of it, that before none; there with the largest window that
 * fits. On the host a window takes at most a quarter of what is available, because the memory is its users' own and a
 * window is touched when it is made.
 */
final class FairPlacing {
    /** No smaller window is taken for the sake of a better place. */
    private static final int LEAST_WINDOW = 4096;

    private static final int HOST_SHARE = 4;

    private final Question question;
    private final List<List<Fit>> places;
    private final int least;

    FairPlacing(Question question) {
        this.question = question;
        this.places = places(question);
        int largest =
                question.fits().stream().mapToInt(Fit::contextLength).max().orElse(0);
        this.least = question.wantedContext() > 0 ? question.wantedContext() : Math.min(LEAST_WINDOW, largest);
    }

    /** What is asked for, grouped by place, the best first; within a place the largest window first. */
    private static List<List<Fit>> places(Question question) {
        List<List<Fit>> places = new ArrayList<>();
        for (Fit fit : question.fits()) {
            if (!asked(question, fit)) continue;
            places.stream()
                    .filter(place -> place.getFirst().placement().equals(fit.placement()))
                    .findFirst()
                    .orElseGet(() -> {
                        var place = new ArrayList<Fit>();
                        places.add(place);
                        return place;
                    })
                    .add(fit);
        }
        places.forEach(
                place -> place.sort(Comparator.comparingInt(Fit::contextLength).reversed()));
        places.sort(Comparator.comparingInt(place -> tier(place.getFirst())));
        return places;
    }

    private static boolean asked(Question question, Fit fit) {
        int layers = layers(fit);
        var offload = question.offload();
        if (offload.gpuRequired() && layers == 0) return false;
        return switch (offload.mode()) {
            case AUTO -> true;
            case ALL -> layers >= fit.layers();
            case NONE -> layers == 0;
            case EXACTLY -> layers == 0 || layers >= Math.min(offload.layers(), fit.layers());
        };
    }

    private static int layers(Fit fit) {
        return fit.placement().offloads() ? fit.placement().gpuLayers() : 0;
    }

    /** All layers on a GPU is 0, fewer is more. */
    private static int tier(Fit fit) {
        return Math.max(0, fit.layers() - layers(fit));
    }

    Choice choice() {
        if (places.isEmpty()) return new Choice.Never("no device may compute it as it was asked for");
        for (int window : new int[] {least, 1}) {
            for (List<Fit> place : places) {
                var now = largest(place, window, 0);
                if (now.isPresent()) return new Choice.Take(now.get(), why(now.get(), place));
                var later = largest(place, window, 1);
                if (later.isPresent()) return new Choice.MakeRoom(later.get(), needs(later.get()));
            }
        }
        return nowhere();
    }

    private Choice nowhere() {
        var smallest = smallest();
        Predicate<Device> holds = device -> smallest.bytesOn(device.name()) <= device.totalBytes();
        if (question.devices().stream().allMatch(holds)) return new Choice.Wait(needs(smallest));
        return new Choice.Never(needs(smallest) + "; take a smaller model or a smaller num_ctx");
    }

    /** What needs least of a single device, which is what is told when nothing fits. */
    private Fit smallest() {
        return places.getLast().getLast();
    }

    private Optional<Fit> largest(List<Fit> place, int window, int evictions) {
        return place.stream()
                .filter(fit -> fit.contextLength() >= window)
                .filter(fit -> fits(fit, evictions))
                .filter(fit -> fit.contextLength() <= least || modest(fit, evictions))
                .findFirst();
    }

    private boolean fits(Fit fit, int evictions) {
        for (int i = 0; i < question.devices().size(); i++) {
            if (fit.bytesOn(question.devices().get(i).name()) > room(i, evictions)) return false;
        }
        return true;
    }

    private long room(int device, int evictions) {
        return question.devices().get(device).freeBytes()
                + evictions * question.evictable().get(device);
    }

    private boolean modest(Fit fit, int evictions) {
        long window = fit.uses().stream()
                .filter(use -> use.device().equals(Device.HOST))
                .mapToLong(use -> use.contextBytes() + use.computeBytes())
                .sum();
        for (int i = 0; i < question.devices().size(); i++) {
            boolean host = question.devices().get(i).name().equals(Device.HOST);
            if (host && window > room(i, evictions) / HOST_SHARE) return false;
        }
        return true;
    }

    private String why(Fit fit, List<Fit> place) {
        var text = new StringBuilder(Words.place(fit)).append(", ").append(needs(fit));
        if (!place.equals(places.getFirst())) {
            text.append("; better places had no room for it: ")
                    .append(needs(places.getFirst().getLast()));
        }
        if (question.wantedContext() > 0)
            return text.append("; the window was asked for").toString();
        place.stream()
                .filter(larger -> larger.contextLength() > fit.contextLength())
                .reduce((_, last) -> last)
                .ifPresent(larger -> text.append("; a window of ")
                        .append(larger.contextLength())
                        .append(" would take ")
                        .append(Words.uses(larger.uses())));
        return text.toString();
    }

    private String needs(Fit fit) {
        var text = new StringBuilder("a window of ").append(fit.contextLength()).append(" takes");
        for (MemoryUse use : fit.uses()) {
            text.append(text.toString().endsWith("takes") ? " " : ", ").append(Words.bytes(use.bytes()));
            text.append(" of the ")
                    .append(available(use.device()))
                    .append(" available on ")
                    .append(use.device());
        }
        return text.toString();
    }

    private String available(String name) {
        return question.devices().stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .map(device -> Words.bytes(device.freeBytes()))
                .orElse("unknown memory");
    }
}
