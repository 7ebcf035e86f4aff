using System.IO.Compression;
using System.Security.Cryptography;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>Gzip, aggregated records and envelopes, whole and damaged.</summary>
internal static class WrappingFuzz
{
    public static string Envelope(Random random, string item)
    {
        var value = random.Next(4) switch
        {
            0 => RawText.Quoted(item),
            1 => $"[{item}]",
            2 => $"[{item},{random.Of("7", "{}", "\"x\"")},{EventFuzz.Event(random)}]",
            _ => item,
        };
        var own = random.Of("", "", "\"id\":\"i\",", "\"Type\":\"Notification\",\"MessageId\":\"m\",", "\"source\":\"s\",\"time\":\"x\",", "\"date\":1772373900.5,", "\"event_id\":\"e\",",
            "\"gate\":\"B4\",", "\"gate\":null,", "\"event\":{\"id\":\"3\"},", "\"op\":\"c\",");
        return random.Next(9) switch
        {
            0 => $"{{{own}\"payload\":{{\"op\":\"c\",\"after\":{value}}}}}",
            1 => $"{{{own}\"logEvents\":[{{\"id\":1,\"message\":{RawText.Quoted(item)}}},{{\"message\":{random.Of("\"START\"", "7", "null")}}},{random.Of("7", "{}", "[{\"message\":\"x\"}]")}]}}",
            _ => $"{{{own}\"{random.Of("after", "detail", "data", "Message", "log", "logEvents", "payload", "event", "", "x", "DATA", "De-Tail")}\":{value}{random.Of("", ",\"x\":1", ",\"data\":[]", ",\"log\":\"text\"", ",")}}}",
        };
    }

    public static byte[] Wrapped(Random random, byte[] bytes, Func<byte[]> other)
    {
        for (var times = random.OneIn(6) ? random.Next(2, 11) : 1; times > 0; times--)
        {
            bytes = random.OneIn(2) ? Members(random, bytes) : Aggregate(random.Next(4) switch
            {
                0 => [bytes, other()],
                1 => [other(), bytes, "x"u8.ToArray()],
                2 => [bytes, []],
                _ => [bytes],
            });
        }

        if (random.OneIn(8))
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return random.OneIn(10) ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    /// <summary>Gzip of one member, or of several.</summary>
    private static byte[] Members(Random random, byte[] content)
    {
        var cut = random.OneIn(3) ? random.Next(content.Length + 1) : content.Length;
        return cut == content.Length
            ? [.. Gzip(content), .. random.OneIn(12) ? new byte[random.Next(5)] : []]
            : [.. Gzip(content[..cut]), .. Gzip(content[cut..])];
    }

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static byte[] Aggregate(byte[][] records)
    {
        using var message = new MemoryStream();
        using var writer = new BinaryWriter(message);
        Write(writer, 1, "key"u8.ToArray());
        foreach (var data in records)
        {
            using var record = new MemoryStream();
            using var fields = new BinaryWriter(record);
            fields.Write((byte)(1 << 3));
            fields.Write((byte)0);
            Write(fields, 3, data);
            Write(writer, 3, record.ToArray());
        }

#pragma warning disable CA5351 // The format's own check.
        return [0xF3, 0x89, 0x9A, 0xC2, .. message.ToArray(), .. MD5.HashData(message.ToArray())];
#pragma warning restore CA5351
    }

    private static void Write(BinaryWriter writer, int number, byte[] content)
    {
        writer.Write((byte)((number << 3) | 2));
        writer.Write7BitEncodedInt(content.Length);
        writer.Write(content);
    }
}
