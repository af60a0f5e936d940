/** Every failure of the store that a caller can do something about. No message holds a password or an address with one. */
export abstract class StoreError extends Error {
  /** The same call may succeed later. */
  abstract readonly retryable: boolean;
}

/**
 * The database cannot be reached, is shutting down, is too slow or has no room: nothing is wrong with what was asked.
 * Keep what you wanted to write and write it again later; every write may be made twice.
 */
export class StoreUnavailable extends StoreError {
  override readonly name = 'StoreUnavailable';
  override readonly retryable = true;
}

/** The settings cannot work: a person has to change them. The message says which and how. */
export class StoreMisconfigured extends StoreError {
  override readonly name: string = 'StoreMisconfigured';
  override readonly retryable = false;
}

/** Another process works on the same data directory; two would silently lose each other's data. */
export class DataDirectoryInUse extends StoreMisconfigured {
  override readonly name = 'DataDirectoryInUse';
}

/** The database was written by a newer Floorwatch: this one would damage it. */
export class DatabaseTooNew extends StoreMisconfigured {
  override readonly name = 'DatabaseTooNew';
}
