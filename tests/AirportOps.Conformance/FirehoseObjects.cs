using System.Globalization;
using System.IO.Compression;

namespace AirportOps.Conformance;

/// <summary>
/// Makes objects as a Firehose delivery stream that reads a Kinesis stream writes them: records end to end, or each with a line feed behind; gzip or
/// not; named by time and chance. No emulator delivers from a stream.
/// </summary>
public static class FirehoseObjects
{
    /// <summary>The content of an object.</summary>
    public static byte[] Content(IEnumerable<byte[]> records, bool withNewline, bool isCompressed)
    {
        using var content = new MemoryStream();
        foreach (var record in records)
        {
            content.Write(record);
            if (withNewline)
            {
                content.WriteByte((byte)'\n');
            }
        }

        if (!isCompressed)
        {
            return content.ToArray();
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            content.WriteTo(gzip);
        }

        return compressed.ToArray();
    }

    /// <summary>The key of an object.</summary>
    /// <param name="prefix">What stands before, or null for what the service puts there: the hour of arrival in UTC.</param>
    /// <param name="deliveryStream">The delivery stream's name.</param>
    /// <param name="arrived">When the oldest record arrived.</param>
    /// <param name="random">Gives the name its chance.</param>
    /// <param name="isCompressed">Whether the content is.</param>
    public static string Key(string? prefix, string deliveryStream, DateTimeOffset arrived, Random random, bool isCompressed)
    {
        var chance = new byte[16];
        random.NextBytes(chance);
        prefix ??= arrived.ToString("yyyy'/'MM'/'dd'/'HH'/'", CultureInfo.InvariantCulture);
        var time = arrived.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture);
        return $"{prefix}{deliveryStream}-1-{time}-{new Guid(chance)}{(isCompressed ? ".gz" : "")}";
    }
}
