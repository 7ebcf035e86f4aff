namespace AirportOps.Pipeline.Batch;

/// <summary>How much a batch holds at a time. The number of cores is no part of the outcome; the rest decides where row groups and files are cut.</summary>
internal sealed record BatchLimits
{
    /// <summary>Records cleaned side by side, from 1; by default one for each core.</summary>
    internal int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of input that one worker cleans at a time, from 1; a longer record is taken whole. 512 KiB.</summary>
    internal int ChunkBytes { get; init; } = 1 << 19;

    /// <summary>Bytes of a line above which only its start is kept, from the cleaner's limit for records on. 16 MiB.</summary>
    internal int LineBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of one partition's rows that make a row group. 8 MiB, about 30,000 rows.</summary>
    internal long RowGroupBytes { get; init; } = 8 << 20;

    /// <summary>Bytes of all partitions' rows above which the largest become row groups early. 16 MiB.</summary>
    internal long BufferedBytes { get; init; } = 16 << 20;

    /// <summary>Bytes above which a file gets no further row group and the next file begins. 512 MiB.</summary>
    internal long FileBytes { get; init; } = 512 << 20;
}
