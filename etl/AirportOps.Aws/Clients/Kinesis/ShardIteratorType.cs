using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>Kinds of places to read from.</summary>
/// <param name="value">The word as the service knows it.</param>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The SDK's names.")]
[JsonConverter(typeof(Converter))]
public sealed class ShardIteratorType(string value) : ConstantClass(value)
{
    /// <summary>After a record.</summary>
    public static readonly ShardIteratorType AFTER_SEQUENCE_NUMBER = new("AFTER_SEQUENCE_NUMBER");

    /// <summary>At a record.</summary>
    public static readonly ShardIteratorType AT_SEQUENCE_NUMBER = new("AT_SEQUENCE_NUMBER");

    /// <summary>At the first record that arrived then or later.</summary>
    public static readonly ShardIteratorType AT_TIMESTAMP = new("AT_TIMESTAMP");

    /// <summary>After the newest record.</summary>
    public static readonly ShardIteratorType LATEST = new("LATEST");

    /// <summary>At the oldest record.</summary>
    public static readonly ShardIteratorType TRIM_HORIZON = new("TRIM_HORIZON");

    /// <summary>The member of a word.</summary>
    public static implicit operator ShardIteratorType(string value) => FromString(value);

    /// <summary>The member of a word.</summary>
    public static ShardIteratorType FromString(string value) => new(value);

    internal sealed class Converter() : ConstantConverter<ShardIteratorType>(FromString);
}
