namespace AirportOps.Pipeline.Batch;

/// <summary>How an input keeps its records.</summary>
internal enum RecordFraming
{
    /// <summary>One a line, as they came.</summary>
    Lines,

    /// <summary>A line of Bronze each, which says shard, sequence and arrival.</summary>
    BronzeLines,

    /// <summary>As a delivery stream puts them into an object: end to end, or with a line feed after each.</summary>
    Firehose,
}
