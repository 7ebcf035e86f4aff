using System.IO.Compression;
using System.Security.Cryptography;
using AirportOps.Cleaning.Oracle.Keys;

namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>Gzip, records that a producer aggregated, and envelopes: the row <c>unwrapped</c> and "Envelopes" of the cleaning page.</summary>
internal static class WrappingRules
{
    private const int MostTimesExpanded = 16;
    private const int ShortestGzip = 18;

    /// <summary>Fields that an envelope may have of itself; all but source only under another name than ours.</summary>
    private static readonly string[] OfItself = ["event_id", "event_type", "event_time", "source", "flight_date"];

    private static readonly string[][] Carriers = [["payload", "after"], ["after"], ["logevents"], ["detail"], ["data"], ["message"], ["log"]];

    [ThreadStatic]
    private static long _expanded;

    /// <summary>What gzip or an aggregate holds; null for anything else.</summary>
    public static IReadOnlyList<EventElement>? Expanded(byte[] bytes, int wrapping)
    {
        if (wrapping == 0)
        {
            _expanded = 0;
        }

        return wrapping >= RecordRules.MaxWrapping ? null
            : bytes is [0x1F, 0x8B, ..] ? Gzip(bytes, wrapping)
            : bytes is [0xF3, 0x89, 0x9A, 0xC2, ..] ? Aggregate(bytes, wrapping)
            : null;
    }

    /// <summary>What an envelope carries; null for an object that is none.</summary>
    public static IReadOnlyList<EventElement>? Opened(JsonObject item, int wrapping)
    {
        if (wrapping >= RecordRules.MaxWrapping || !MayBeEnvelope(item))
        {
            return null;
        }

        return Carriers.Select(path => Carried(item, path).SelectMany(value => Events(value, wrapping)).ToList())
            .FirstOrDefault(events => events.Any(element => element.Object is not null));
    }

    private static bool MayBeEnvelope(JsonObject item)
    {
        var values = KeyRules.Values(item);
        return FieldRules.InOrder.Append(FieldRules.Designator).All(rule => KeyRules.Winner(rule, values) is not { } winner
            || (OfItself.Contains(rule.Name) && (rule.Name == "source" || winner.ExactKey != rule.Name)));
    }

    /// <summary>The values under a path of keys; of log events the message of each.</summary>
    private static IEnumerable<JsonItem> Carried(JsonObject item, string[] path)
    {
        var found = item.Members.Where(member => KeyRules.Normalised(member.Key.Text) == path[0]).Select(member => member.Value);
        if (path.Length > 1)
        {
            return found.OfType<JsonObject>().SelectMany(inner => Carried(inner, path[1..]));
        }

        return path[0] != "logevents"
            ? found.Where(value => value is JsonString or JsonObject or JsonArray)
            : found.OfType<JsonArray>().SelectMany(array => array.Items.OfType<JsonObject>())
                .SelectMany(log => log.Members.Where(member => KeyRules.Normalised(member.Key.Text) == "message")).Select(member => member.Value).OfType<JsonString>();
    }

    private static IReadOnlyList<EventElement> Events(JsonItem value, int wrapping)
    {
        if (value is JsonString text)
        {
            return RecordRules.Unwrapped(text, wrapping) ?? [RecordRules.Refused("not_an_event", text.Source[(text.Start + 1)..(text.End - 1)])];
        }

        var inner = RecordRules.Elements(value.Raw, wrapping + 1);
        return inner.Any(element => element.Object is not null) ? inner : [RecordRules.Refused("not_an_event", value.Raw)];
    }

    private static IReadOnlyList<EventElement> Gzip(byte[] bytes, int wrapping)
    {
        var limit = Math.Min(RecordRules.MaxRecordBytes, (MostTimesExpanded * (long)RecordRules.MaxRecordBytes) - _expanded);
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            gzip.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            return [RecordRules.Refused("not_json", bytes)];
        }

        // A member ends with its length, so one that is cut off ends with another number.
        if (content.Length <= limit && (bytes.Length < ShortestGzip || BitConverter.ToUInt32(bytes, bytes.Length - sizeof(uint)) > content.Length))
        {
            return [RecordRules.Refused("truncated", bytes)];
        }

        if (content.Length > limit)
        {
            return [RecordRules.Refused("too_large", bytes)];
        }

        if (!AreMembers(bytes))
        {
            return [RecordRules.Refused("not_json", bytes)];
        }

        _expanded += content.Length;
        return [.. RecordRules.Inner(content.ToArray(), wrapping + 1, isRecord: false).Select(element => element with { IsUnwrapped = true })];
    }

    /// <summary>Whether bytes are members of gzip and nothing else but zeroes: cut wherever another member may begin, each part must be one.</summary>
    private static bool AreMembers(byte[] bytes)
    {
        for (var cut = ShortestGzip; cut <= bytes.Length; cut++)
        {
            var rest = bytes[cut..];
            var mayEnd = rest.All(value => value == 0) || rest is [0x1F, 0x8B, 8, ..];
            if (mayEnd && IsMember(bytes[..cut]) && (rest.All(value => value == 0) || AreMembers(rest)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMember(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            gzip.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            return false;
        }

        var crc = uint.MaxValue;
        foreach (var value in content.ToArray())
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return BitConverter.ToUInt32(bytes, bytes.Length - 8) == ~crc && BitConverter.ToUInt32(bytes, bytes.Length - 4) == content.Length;
    }

    private static IReadOnlyList<EventElement> Aggregate(byte[] bytes, int wrapping)
    {
        const int magic = 4;
        var end = bytes.Length - MD5.HashSizeInBytes;
#pragma warning disable CA5351 // The format's own check.
        if (end < magic || !MD5.HashData(bytes.AsSpan(magic, end - magic)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
#pragma warning restore CA5351
        {
            return [RecordRules.Refused("not_json", bytes)];
        }

        try
        {
            var records = Fields(bytes[magic..end]).Where(field => field.Number == 3).Select(field => Fields(field.Content).Last(inner => inner.Number == 3).Content).ToList();
            return records.Count == 0
                ? [RecordRules.Refused("not_json", bytes)]
                : [.. records.SelectMany(record => RecordRules.Inner(record, wrapping + 1, isRecord: true)).Select(element => element with { IsUnwrapped = true })];
        }
        catch (Exception broken) when (broken is InvalidOperationException or EndOfStreamException or IOException or FormatException)
        {
            return [RecordRules.Refused("not_json", bytes)];
        }
    }

    /// <summary>The fields of a protocol buffer that have a length; others are stepped over.</summary>
    private static List<(int Number, byte[] Content)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        using var reader = new BinaryReader(new MemoryStream(message));
        while (reader.BaseStream.Position < message.Length)
        {
            var tag = reader.Read7BitEncodedInt64();
            switch (tag & 7)
            {
                case 0:
                    reader.Read7BitEncodedInt64();
                    break;
                case 1:
                    reader.ReadUInt64();
                    break;
                case 2:
                    var content = reader.ReadBytes((int)reader.Read7BitEncodedInt64());
                    fields.Add(((int)(tag >> 3), content));
                    break;
                case 5:
                    reader.ReadUInt32();
                    break;
                default:
                    throw new FormatException("no wire type");
            }
        }

        return fields;
    }
}
