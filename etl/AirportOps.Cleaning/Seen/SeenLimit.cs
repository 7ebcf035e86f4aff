namespace AirportOps.Cleaning.Seen;

/// <summary>How many ids stay in memory; what is beyond goes to disk and is remembered all the same.</summary>
/// <param name="InMemory">
/// Entries above which those in memory are written to a file, from 1. A file costs memory too, 1.7 bytes an entry, and each id that is new a look into a few
/// filters.
/// </param>
/// <param name="Folder">Where the files go; created with the first. They are nameless or gone as soon as the process ends, however it ends.</param>
public sealed record SeenLimit(int InMemory, string Folder)
{
    /// <summary>2,097,152 entries: at most 96 MiB.</summary>
    public const int DefaultInMemory = 1 << 21;
}
