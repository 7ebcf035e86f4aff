using System.Text;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Firehose;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>What the records of one input have in common. Immutable.</summary>
/// <param name="input">The file.</param>
/// <param name="framing">How its records are kept.</param>
internal sealed class BatchSource(BatchInput input, RecordFraming framing)
{
    internal BatchInput Input { get; } = input;

    internal RecordFraming Framing { get; } = framing;

    /// <summary>Records up to this sequence number stand in another object too, which was read before; null for none.</summary>
    internal SequenceNumber? SkipThrough { get; init; }

    /// <summary>What the name of a Bronze object of ours says is in it; null for others.</summary>
    internal BronzeKey? Bronze { get; init; }

    /// <summary>Whether records that were archived between the object before and this one may be missing.</summary>
    internal bool AcceptsGap { get; init; }

    /// <summary>What is known of the delimiter in an object of a delivery stream.</summary>
    internal FirehoseDelimiter Delimiter { get; init; }

    /// <summary>When all records arrived, as far as is known; of Bronze lines, each says it.</summary>
    internal DateTimeOffset Arrived { get; init; } = input.Arrived;

    /// <summary><see cref="BatchInput.Shard"/>.</summary>
    internal byte[] ShardUtf8 { get; } = Encoding.UTF8.GetBytes(input.Shard);

    /// <summary>The name of the input for messages.</summary>
    internal string Name => Input.Path == BatchInput.StandardInput ? "standard input" : Input.Path;

    /// <summary>Trouble with the file's content.</summary>
    internal PipelineException Damaged(string how, Exception? cause) => new($"{Name} is damaged: {how}. Fetch it again.", Fault.Operator, cause);
}
