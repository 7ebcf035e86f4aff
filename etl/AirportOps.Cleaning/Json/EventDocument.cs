using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Profiles;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>
/// One JSON object, read in one pass: its members in their order and, for each field, the member that supplies it. Nulls are left out,
/// for null and absent are the same. Reused from event to event.
/// </summary>
internal sealed class EventDocument(Workspace workspace, KeyMap allKeys)
{
    private readonly int[] _suppliers = new int[FieldTable.Count];
    private readonly byte[] _path = new byte[KeyTable.LongestKey];
    private Member[] _members = new Member[64];
    private int _count;
    private int _leftovers;
    private KeyMap _keys = null!;

    /// <summary>Where the object stands, its braces included.</summary>
    internal Slice Bytes { get; private set; }

    /// <summary>A bit for each field that has a supplier.</summary>
    internal ulong Given { get; private set; }

    /// <summary>Whether a comma stands before a closing bracket somewhere.</summary>
    internal bool HasTrailingComma { get; private set; }

    /// <summary>Whether a member stands for no field, or lost against another of its field.</summary>
    internal bool HasLeftovers => _leftovers > 0;

    /// <summary>What the reader said of malformed JSON.</summary>
    internal string Fault { get; private set; } = "";

    /// <summary>A bit for each key found that tells a source, as <see cref="SourceProfiles"/> numbers them; those of null values among them.</summary>
    internal ulong Marks { get; private set; }

    internal ReadOnlySpan<Member> Members => _members.AsSpan(0, _count);

    /// <summary>The member that supplies a given field.</summary>
    internal ref readonly Member this[Field field] => ref _members[_suppliers[(int)field]];

    /// <summary>Whether a member supplies a field.</summary>
    internal bool IsSupplier(int member, Field field) => (Given & FieldTable.Bit(field)) != 0 && _suppliers[(int)field] == member;

    /// <summary>Lets another member of its own supply a field.</summary>
    internal void Prefer(Field field, int member) => _suppliers[(int)field] = member;

    /// <summary>Reads the object that starts at the first byte of a text, which may go on after it.</summary>
    /// <param name="text">Starts with the object's brace.</param>
    /// <param name="keys">The keys of the event's source; null for those of all.</param>
    internal JsonOutcome Read(Slice text, KeyMap? keys = null)
    {
        (_keys, Marks) = (keys ?? allKeys, 0);
        (_count, _leftovers, Given, HasTrailingComma) = (0, 0, 0, false);
        try
        {
            return ReadObject(text);
        }
        catch (JsonException fault)
        {
            Fault = fault.Message;
            return JsonOutcome.Malformed;
        }
    }

    private JsonOutcome ReadObject(Slice text)
    {
        var json = workspace[text];
        var reader = JsonReading.Open(json);
        if (!reader.Read())
        {
            return JsonOutcome.Truncated;
        }

        var parent = -1;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadMember(ref reader, json, text.Start, ref parent))
                {
                    return JsonOutcome.Truncated;
                }

                continue;
            }

            HasTrailingComma |= JsonReading.HasTrailingComma(json, reader.TokenStartIndex);
            if (parent < 0)
            {
                Bytes = new Slice(text.Start, (int)reader.BytesConsumed);
                return JsonOutcome.Complete;
            }

            parent = Close(parent, text.Start + (int)reader.BytesConsumed);
        }

        return JsonOutcome.Truncated;
    }

    /// <summary>Reads a key and its value; of an object only the start, which then is the parent of what follows.</summary>
    /// <returns>False when the bytes end before the value does.</returns>
    private bool TryReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int start, ref int parent)
    {
        ref var member = ref AddMember();
        member.Parent = parent;
        member.NameStart = start + (int)reader.TokenStartIndex;
        member.NameEnd = member.NameStart + reader.ValueSpan.Length + 2;
        Recognise(ref member, reader.ValueSpan, reader.ValueIsEscaped);
        if (!reader.Read())
        {
            return false;
        }

        if (parent >= 0)
        {
            _members[parent].IsEmpty = false;
        }

        member.Token = reader.TokenType;
        member.ValueStart = start + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                _count--;
                return true;
            case JsonTokenType.StartObject:
                parent = Open(ref member);
                return true;
            case JsonTokenType.StartArray:
                var hasTrailingComma = false;
                if (!JsonReading.TrySkipBrackets(ref reader, json, ref hasTrailingComma))
                {
                    return false;
                }

                HasTrailingComma |= hasTrailingComma;
                break;
        }

        member.IsContainer = false;
        member.IsEscaped = reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped;
        member.ValueEnd = start + (int)reader.BytesConsumed;
        Offer(_count - 1);
        return true;
    }

    private ref Member AddMember()
    {
        if (_count == _members.Length)
        {
            Array.Resize(ref _members, 2 * _count);
        }

        return ref _members[_count++];
    }

    /// <summary>Finds the field that a key, joined with those of the objects around it, stands for.</summary>
    private void Recognise(ref Member member, ReadOnlySpan<byte> name, bool isEscaped)
    {
        member.Field = Member.NoField;
        if (isEscaped)
        {
            name = Unescaped(name);
        }

        var prefix = member.Parent < 0 ? 0 : _members[member.Parent].PathLength;
        if (prefix < 0)
        {
            member.PathLength = -1;
            return;
        }

        if (member.Parent < 0 && KeyTable.TryFindExact(name, out var field))
        {
            (member.Field, member.Rank) = (field, 0);
            return;
        }

        var added = KeyText.Normalise(name, _path.AsSpan(prefix));
        member.PathLength = added < 0 ? -1 : prefix + added;
        if (added >= 0 && _keys.TryFind(_path.AsSpan(0, prefix + added), out var meaning))
        {
            (member.Field, member.Rank) = (meaning.Field, meaning.Rank);
            Marks |= meaning.Mark == KeyMap.NoMark ? 0 : 1UL << meaning.Mark;
        }
    }

    /// <summary>Starts an object: the keys in it are joined to its own.</summary>
    private int Open(ref Member member)
    {
        member.IsContainer = true;
        member.IsEmpty = true;
        if (member.Field != Member.NoField && member.Rank == 0)
        {
            var key = KeyTable.NormalisedName(member.Field);
            key.CopyTo(_path);
            member.PathLength = key.Length;
        }

        return _count - 1;
    }

    /// <summary>Allocates: keys with escapes are rare and a reader that has begun does not let the workspace grow.</summary>
    internal static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> name)
    {
        var destination = new byte[JsonText.Growth * name.Length];
        return destination.AsSpan(0, JsonText.Unescape(name, destination, keepsBytes: true, out _));
    }

    /// <summary>Ends an object; gives the number of the object around it.</summary>
    private int Close(int container, int end)
    {
        ref var member = ref _members[container];
        member.ValueEnd = end;
        if (IsValueWithUnit(container))
        {
            _leftovers -= _count - container - 1;
            _count = container + 1;
            member.IsContainer = false;
            Offer(container);
        }
        else if (member.IsEmpty)
        {
            _leftovers++;
        }

        return member.Parent;
    }

    /// <summary>Whether an object stands for a number with its unit: its keys are value and unit, and the field takes one.</summary>
    private bool IsValueWithUnit(int container)
    {
        ref readonly var member = ref _members[container];
        if (member.Field == Member.NoField || !FieldTable.All[(int)member.Field].TakesUnit || _count == container + 1)
        {
            return false;
        }

        for (var i = container + 1; i < _count; i++)
        {
            ref readonly var child = ref _members[i];
            var name = workspace[new Slice(child.NameStart + 1, child.NameEnd - child.NameStart - 2)];
            if (child.Parent != container || child.IsContainer || child.Field != Member.NoField || (!IsValueKey(name) && !IsKey(name, "unit"u8)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a key of an object that stands for a number with its unit is that of the number.</summary>
    /// <param name="name">What stands between the quotes.</param>
    internal static bool IsValueKey(ReadOnlySpan<byte> name) => IsKey(name, "value"u8);

    private static bool IsKey(ReadOnlySpan<byte> name, ReadOnlySpan<byte> key)
    {
        Span<byte> normalised = stackalloc byte["value".Length];
        var length = KeyText.Normalise(name.Contains((byte)'\\') ? Unescaped(name) : name, normalised);
        return length > 0 && normalised[..length].SequenceEqual(key);
    }

    /// <summary>Lets a member compete for its field: the lower rank wins, of equal ranks the later member.</summary>
    private void Offer(int index)
    {
        ref readonly var member = ref _members[index];
        if (member.Field == Member.NoField)
        {
            _leftovers++;
            return;
        }

        var bit = FieldTable.Bit(member.Field);
        ref var supplier = ref _suppliers[(int)member.Field];
        if ((Given & bit) != 0)
        {
            _leftovers++;
            if (_members[supplier].Rank < member.Rank)
            {
                return;
            }
        }

        Given |= bit;
        supplier = index;
    }
}
