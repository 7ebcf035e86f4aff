namespace AirportOps.Pipeline.Firehose;

/// <summary>What a delivery stream puts between records.</summary>
public enum FirehoseDelimiter
{
    /// <summary>Whatever the beginning of each object shows.</summary>
    Found,

    /// <summary>A line feed after each record, by the delivery stream (<c>AppendDelimiterToRecord</c>) or by the producers.</summary>
    Newline,

    /// <summary>Nothing: records stand end to end.</summary>
    None,
}
