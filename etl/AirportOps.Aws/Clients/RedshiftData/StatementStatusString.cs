using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>How a statement of a batch stands.</summary>
/// <param name="value">The word as the service knows it.</param>
[JsonConverter(typeof(Converter))]
public sealed class StatementStatusString(string value) : ConstantClass(value)
{
    /// <summary>It was stopped.</summary>
    public static readonly StatementStatusString ABORTED = new("ABORTED");

    /// <summary>It ended with an error.</summary>
    public static readonly StatementStatusString FAILED = new("FAILED");

    /// <summary>It is done.</summary>
    public static readonly StatementStatusString FINISHED = new("FINISHED");

    /// <summary>It was chosen to run.</summary>
    public static readonly StatementStatusString PICKED = new("PICKED");

    /// <summary>It runs.</summary>
    public static readonly StatementStatusString STARTED = new("STARTED");

    /// <summary>It waits.</summary>
    public static readonly StatementStatusString SUBMITTED = new("SUBMITTED");

    /// <summary>The member of a word.</summary>
    public static implicit operator StatementStatusString(string value) => FromString(value);

    /// <summary>The member of a word.</summary>
    public static StatementStatusString FromString(string value) => new(value);

    internal sealed class Converter() : ConstantConverter<StatementStatusString>(FromString);
}
