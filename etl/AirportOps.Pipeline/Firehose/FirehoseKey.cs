using System.Globalization;
using System.Text.RegularExpressions;

namespace AirportOps.Pipeline.Firehose;

/// <summary>
/// The name of an object as a delivery stream gives it, whatever its prefix:
/// <c>STREAM-VERSION-YYYY-MM-DD-HH-MM-SS-UUID[EXTENSION]</c>
/// (<see href="https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html"/>).
/// </summary>
/// <param name="DeliveryStream">The delivery stream's name, which may have hyphens.</param>
/// <param name="Arrived">About when the oldest record in it arrived, to the second; UTC unless the delivery stream was given another time zone.</param>
internal readonly partial record struct FirehoseKey(string DeliveryStream, DateTimeOffset Arrived)
{
    /// <summary>Reads a name; null when it is not one of these.</summary>
    /// <param name="name">Without folders.</param>
    public static FirehoseKey? TryParse(string name) =>
        Pattern().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(
            match.Groups[2].Value, "yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var arrived)
            ? new FirehoseKey(match.Groups[1].Value, arrived)
            : null;

    [GeneratedRegex(
        @"\A([A-Za-z0-9_.-]{1,64})-[0-9]{1,9}-([0-9]{4}(?:-[0-9]{2}){5})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^/]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
