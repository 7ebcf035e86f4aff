using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>Finds what an object holds that carries events and is none: what services and log shippers wrap around them.</summary>
internal sealed class Envelopes(Workspace workspace, KeyMap keys)
{
    /// <summary>
    /// What an envelope may say of itself under our keys: SNS has MessageId, Type and Timestamp, EventBridge id, source and time, Fluent Bit date. Any
    /// other field makes an object an event, and so does one of these in its exact spelling but for source.
    /// </summary>
    private const ulong OfItself = (1UL << (int)Field.EventId) | (1UL << (int)Field.EventType) | (1UL << (int)Field.EventTime)
        | (1UL << (int)Field.Source) | (1UL << (int)Field.FlightDate);

    /// <summary>Debezium, with its schema and without; CloudWatch Logs; EventBridge; CloudEvents and pages; SNS and Logstash; Fluent Bit.</summary>
    private static readonly Carrier[] Carriers =
    [
        new("payload", "after"), new("after", null), new("logevents", null, "message"u8.ToArray()), new("detail", null), new("data", null), new("message", null), new("log", null),
    ];

    private readonly EventDocument _document = new(workspace, keys);
    private readonly byte[] _key = new byte[KeyTable.LongestKey];

    /// <summary>Whether an object that was read has no field of an event, and so may be an envelope.</summary>
    internal static bool MayBeOne(EventDocument document)
    {
        if ((document.Given & ~OfItself) != 0)
        {
            return false;
        }

        foreach (var field in (ReadOnlySpan<Field>)[Field.EventId, Field.EventType, Field.EventTime, Field.FlightDate])
        {
            if ((document.Given & FieldTable.Bit(field)) != 0 && document[field].Rank == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Opens an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="kind">Which carrier to look for, from 0.</param>
    /// <param name="contents">Takes what it carries, in its order: strings without their quotes, all else as JSON.</param>
    /// <returns>False when there is no such carrier any more.</returns>
    internal bool TryOpen(Slice json, int kind, List<EnvelopeContent> contents)
    {
        contents.Clear();
        if (kind >= Carriers.Length || _document.Read(json) != JsonOutcome.Complete || !MayBeOne(_document))
        {
            return false;
        }

        var carrier = Carriers[kind];
        var members = _document.Members;
        for (var i = 0; i < members.Length; i++)
        {
            ref readonly var member = ref members[i];
            var isFound = carrier.Inner is { } inner
                ? member.Parent >= 0 && members[member.Parent].Parent < 0 && IsNamed(member, inner) && IsNamed(members[member.Parent], carrier.Key)
                : member.Parent < 0 && IsNamed(member, carrier.Key);
            if (!isFound)
            {
                continue;
            }

            if (carrier.ElementKey is { } key)
            {
                AddEach(ValueOf(member), key, contents);
            }
            else
            {
                Add(member.Token, ValueOf(member), contents);
            }
        }

        return true;
    }

    /// <summary>Adds what the objects of an array hold under a key.</summary>
    private void AddEach(Slice array, ReadOnlySpan<byte> key, List<EnvelopeContent> contents)
    {
        var reader = JsonReading.Open(workspace[array]);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        const int depthOfMembers = 2;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depthOfMembers)
            {
                continue;
            }

            var isKey = IsKey(reader.ValueSpan, key);
            if (reader.Read() && isKey && reader.TokenType == JsonTokenType.String)
            {
                var start = array.Start + (int)reader.TokenStartIndex;
                Add(JsonTokenType.String, new Slice(start, array.Start + (int)reader.BytesConsumed - start), contents);
            }
        }
    }

    private static void Add(JsonTokenType token, Slice value, List<EnvelopeContent> contents)
    {
        if (token == JsonTokenType.String)
        {
            contents.Add(new EnvelopeContent(new Slice(value.Start + 1, value.Length - 2), true));
        }
        else if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            contents.Add(new EnvelopeContent(value, false));
        }
    }

    private bool IsNamed(in Member member, ReadOnlySpan<byte> key) => IsKey(workspace[new Slice(member.NameStart + 1, member.NameEnd - member.NameStart - 2)], key);

    private bool IsKey(ReadOnlySpan<byte> name, ReadOnlySpan<byte> key)
    {
        var length = KeyText.Normalise(name.Contains((byte)'\\') ? EventDocument.Unescaped(name) : name, _key);
        return length > 0 && _key.AsSpan(0, length).SequenceEqual(key);
    }

    private static Slice ValueOf(in Member member) => new(member.ValueStart, member.ValueEnd - member.ValueStart);

    /// <summary>A key that events stand under.</summary>
    /// <param name="Key">At the top of the object.</param>
    /// <param name="Inner">In the object under that; null where the events stand under the first.</param>
    /// <param name="ElementKey">In each object of the array under it; null where its elements are the events.</param>
    private sealed record Carrier(byte[] Key, byte[]? Inner, byte[]? ElementKey)
    {
        internal Carrier(string key, string? inner, byte[]? elementKey = null)
            : this(System.Text.Encoding.ASCII.GetBytes(key), inner is null ? null : System.Text.Encoding.ASCII.GetBytes(inner), elementKey)
        {
        }
    }
}

/// <summary>What an envelope carries.</summary>
/// <param name="Bytes">Where it stands: of a string what is between the quotes.</param>
/// <param name="IsString">Whether it is a string, to be unescaped.</param>
internal readonly record struct EnvelopeContent(Slice Bytes, bool IsString);
