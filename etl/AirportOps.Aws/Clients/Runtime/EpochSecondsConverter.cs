using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>An instant: seconds since 1970 in JSON, with milliseconds as a fraction; UTC in the SDK's shapes.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Decimal keeps what a double would round: 1773324312.123 is no binary fraction.
        var micros = decimal.ToInt64(reader.GetDecimal() * 1_000_000);
        return DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round((decimal)(value.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 3));
}
