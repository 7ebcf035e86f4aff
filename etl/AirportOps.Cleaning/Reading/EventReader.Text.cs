using System.Buffers;
using System.Text;
using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    /// <summary>The content of a string: unescaped, well-formed, without white space around it, with the repairs that this took.</summary>
    private Slice Text(in Member member, ref ulong repairs)
    {
        var text = new Slice(member.ValueStart + 1, member.ValueEnd - member.ValueStart - 2);
        if (member.IsEscaped || _isSuspect)
        {
            var destination = workspace.Reserve(JsonText.Growth * text.Length);
            text = workspace.Commit(JsonText.Unescape(workspace[text], destination, keepsBytes: false, out var isRepaired));
            repairs |= isRepaired ? RepairTable.Set(Repair.BadUtf8) : 0;
        }

        var trimmed = Whitespace.Trim(workspace, text);
        repairs |= trimmed.Length == text.Length ? 0 : RepairTable.Set(Repair.Trimmed);
        return trimmed;
    }

    private void ReadEventId()
    {
        if (!IsGiven(Field.EventId))
        {
            return;
        }

        // The type, and what it requires, is read after the id, which even an event of an unknown type is refused with.
        ref readonly var member = ref _document[Field.EventId];
        _required = FieldTable.Bit(Field.EventId);
        var repairs = AliasRepair(member);
        Settle(Field.EventId, ReadText(Field.EventId, member, ref repairs), repairs, member);
    }

    private FieldOutcome ReadText(Field field, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return TryReadDigits(member, out var digits) ? Keep(field, digits) : FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);
        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        return Keep(field, text);
    }

    private FieldOutcome ReadUpperText(Field field, in Member member, ref ulong repairs)
    {
        Slice text;
        if (!IsString(member))
        {
            if (!TryReadDigits(member, out text))
            {
                return FieldOutcome.Bad;
            }
        }
        else
        {
            text = Text(member, ref repairs);
            if (NullTokens.IsNull(workspace[text]))
            {
                return FieldOutcome.Null;
            }
        }

        return field == Field.TailNumber && NullTokens.IsNoTailNumber(workspace[text])
            ? FieldOutcome.Null
            : Keep(field, Upper(text, ref repairs));
    }

    /// <summary>A whole number, not negative, as its digits.</summary>
    private bool TryReadDigits(in Member member, out Slice digits)
    {
        digits = ValueOf(member);
        if (member.Token != JsonTokenType.Number)
        {
            return false;
        }

        if (workspace[digits].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            return true;
        }

        const int mostDigits = 20;
        if (!NumberText.TryParse(workspace[digits], out var number) || !number.TryToInteger(out var whole) || whole < 0)
        {
            return false;
        }

        whole.TryFormat(workspace.Reserve(mostDigits), out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        digits = workspace.Commit(length);
        return true;
    }

    private FieldOutcome ReadLetter(Field field, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);
        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        return text.Length == 1 && char.IsAsciiLetter((char)workspace[text.Start]) ? Keep(field, Upper(text, ref repairs)) : FieldOutcome.Bad;
    }

    private FieldOutcome ReadBagTag(Field field, in Member member, ref ulong repairs)
    {
        var text = ValueOf(member);
        if (IsString(member))
        {
            text = Text(member, ref repairs);
            if (NullTokens.IsNull(workspace[text]))
            {
                return FieldOutcome.Null;
            }
        }
        else if (!TryReadDigits(member, out text))
        {
            return FieldOutcome.Bad;
        }

        return text.Length == 10 && workspace[text].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? Keep(field, text) : FieldOutcome.Bad;
    }

    private FieldOutcome ReadPlainWord(Field field, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);
        var words = field == Field.ScanPoint ? WordTable.ScanPoint : WordTable.Service;
        if (words.TryFind(workspace[text], out _))
        {
            return Keep(field, text);
        }

        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        text = Lower(text, ref repairs);
        return words.TryFind(workspace[text], out _) ? Keep(field, text) : FieldOutcome.Bad;
    }

    private FieldOutcome ReadAliasWord(Field field, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);
        var (words, alias) = field switch
        {
            Field.Status => (WordTable.Status, Repair.StatusAlias),
            Field.Phase => (WordTable.Phase, Repair.PhaseAlias),
            _ => (WordTable.Cause, Repair.CauseAlias),
        };
        if (_profile is not null && field == Field.Status && TryReadOwnStatus(ref text, ref repairs) is { } own)
        {
            return Keep(field, workspace.Append(words[own]));
        }

        if (words.TryFind(workspace[text], out var word) && workspace[text].SequenceEqual(words[word]))
        {
            return Keep(field, text);
        }

        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        Span<byte> spelling = stackalloc byte[WordTable.LongestSpelling];
        var length = KeyText.Normalise(workspace[text], spelling);
        if (length < 0 || !TryFindWord(field, words, spelling[..length], out word))
        {
            return FieldOutcome.Bad;
        }

        repairs |= RepairTable.Set(alias);
        return Keep(field, workspace.Append(words[word]));
    }

    private bool TryFindWord(Field field, WordTable words, ReadOnlySpan<byte> spelling, out int word)
    {
        if (field != Field.Status || !spelling.SequenceEqual("active"u8))
        {
            return words.TryFind(spelling, out word);
        }

        return words.TryFind(Values.Has(Field.ActualDeparture) ? "departed"u8 : "scheduled"u8, out word);
    }

    private FieldOutcome Keep(Field field, Slice text)
    {
        // U+0000 is text to JSON but to no warehouse: one row of it would keep its whole batch from loading.
        if (text.Length > LongestText || workspace[text].Contains((byte)0))
        {
            return FieldOutcome.Bad;
        }

        Values.Set(field, text);
        return FieldOutcome.Read;
    }

    private Slice Lower(Slice text, ref ulong repairs)
    {
        var destination = workspace.Reserve(text.Length);
        if (Ascii.ToLower(workspace[text], destination, out var written) != OperationStatus.Done)
        {
            return text;
        }

        repairs |= destination.SequenceEqual(workspace[text]) ? 0 : RepairTable.Set(Repair.Trimmed);
        return workspace.Commit(written);
    }

    private Slice Upper(Slice text, ref ulong repairs)
    {
        var span = workspace[text];
        if (!span.ContainsAnyInRange((byte)'a', (byte)'z') && !span.ContainsAnyInRange((byte)0x80, (byte)0xFF))
        {
            return text;
        }

        // Upper case can need more bytes than lower case, never more than three for two.
        var destination = workspace.Reserve(2 * text.Length);
        span = workspace[text];
        var written = 0;
        while (!span.IsEmpty)
        {
            Rune.DecodeFromUtf8(span, out var rune, out var consumed);
            written += Rune.ToUpperInvariant(rune).EncodeToUtf8(destination[written..]);
            span = span[consumed..];
        }

        if (destination[..written].SequenceEqual(workspace[text]))
        {
            return text;
        }

        repairs |= RepairTable.Set(Repair.Trimmed);
        return workspace.Commit(written);
    }
}
