using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>How a statement stands.</summary>
/// <param name="value">The word as the service knows it.</param>
[JsonConverter(typeof(Converter))]
public sealed class StatusString(string value) : ConstantClass(value)
{
    /// <summary>It was stopped.</summary>
    public static readonly StatusString ABORTED = new("ABORTED");

    /// <summary>No state: every one, in lists.</summary>
    public static readonly StatusString ALL = new("ALL");

    /// <summary>It ended with an error.</summary>
    public static readonly StatusString FAILED = new("FAILED");

    /// <summary>It is done.</summary>
    public static readonly StatusString FINISHED = new("FINISHED");

    /// <summary>It was chosen to run.</summary>
    public static readonly StatusString PICKED = new("PICKED");

    /// <summary>It runs.</summary>
    public static readonly StatusString STARTED = new("STARTED");

    /// <summary>It waits.</summary>
    public static readonly StatusString SUBMITTED = new("SUBMITTED");

    /// <summary>The member of a word.</summary>
    public static implicit operator StatusString(string value) => FromString(value);

    /// <summary>The member of a word.</summary>
    public static StatusString FromString(string value) => new(value);

    internal sealed class Converter() : ConstantConverter<StatusString>(FromString);
}
