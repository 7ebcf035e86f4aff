using System.Text;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>What the records of one input have in common. Immutable.</summary>
/// <param name="input">The file.</param>
/// <param name="isBronze">Whether its lines are those of a Bronze object.</param>
/// <param name="skipThrough">Records up to this sequence number stand in another object too, which was read before; null for none.</param>
internal sealed class BatchSource(BatchInput input, bool isBronze, SequenceNumber? skipThrough)
{
    internal BatchInput Input { get; } = input;

    internal bool IsBronze { get; } = isBronze;

    internal SequenceNumber? SkipThrough { get; } = skipThrough;

    /// <summary>The shard of the records where they are lines: the file's name.</summary>
    internal byte[] ShardUtf8 { get; } = Encoding.UTF8.GetBytes(input.Name);

    /// <summary>Arrival of the records, microseconds since 1970-01-01 UTC; Bronze has it in each line.</summary>
    internal long ArrivedMicros { get; } = Iso8601.ToMicros(input.Arrived);

    /// <summary>The name of the input for messages.</summary>
    internal string Name => Input.Path == BatchInput.StandardInput ? "standard input" : Input.Path;

    /// <summary>Trouble with the file's content.</summary>
    internal PipelineException Damaged(string how, Exception? cause) => new($"{Name} is damaged: {how}. Fetch it again.", false, cause);
}
