package dev.paddock.api.scheduler;

import dev.paddock.api.engine.Device;

/**
 * The ledger of one device.
 *
 * @param device the device, with the total and free bytes as last seen
 * @param reserved bytes promised to models that are loaded or being loaded
 * @param measured bytes that the loaded ones were measured to have
 * @param usedByOthers bytes that neither is ours nor free
 * @param available bytes that can still be promised
 */
public record DeviceMemory(Device device, long reserved, long measured, long usedByOthers, long available) {}
