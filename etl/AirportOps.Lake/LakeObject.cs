namespace AirportOps.Lake;

/// <summary>An object, without its content.</summary>
/// <param name="Key">See <see cref="LakeKey"/>.</param>
/// <param name="Bytes">Size of the content.</param>
/// <param name="LastModified">About when it was published, UTC, by the store's clock; S3 keeps whole seconds.</param>
public sealed record LakeObject(string Key, long Bytes, DateTimeOffset LastModified);
