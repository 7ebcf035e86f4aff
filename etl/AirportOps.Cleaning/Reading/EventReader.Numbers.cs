using System.Text.Json;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    private FieldOutcome ReadNumber(Field field, in Member member, ref ulong repairs)
    {
        var info = FieldTable.All[(int)field];
        var text = ValueOf(member);
        if (member.Token == JsonTokenType.Number)
        {
            return NumberText.TryParse(workspace[text], out var number) ? KeepNumber(info, number, text, ref repairs) : FieldOutcome.Bad;
        }

        if (IsString(member))
        {
            var before = repairs;
            text = Text(member, ref repairs);

            // No exponent in the text of an integer: "6E2" is flight 2 of 6E, not 600.
            if (NumberText.TryParse(workspace[text], out var number)
                && (info.ColumnType != ColumnType.Int32 || !workspace[text].ContainsAny((byte)'e', (byte)'E')))
            {
                repairs = before | RepairTable.Set(Repair.NumberText);
                return KeepNumber(info, number, text, ref repairs);
            }

            if (NullTokens.IsNull(workspace[text]))
            {
                return FieldOutcome.Null;
            }
        }

        if (!info.TakesUnit || !TryReadUnit(info.Kind, member, text, out var value))
        {
            return FieldOutcome.Bad;
        }

        repairs |= RepairTable.Set(Repair.Unit);
        return KeepConverted(info, value);
    }

    private bool TryReadUnit(FieldKind kind, in Member member, Slice text, out decimal value)
    {
        value = 0;
        if (IsString(member))
        {
            return kind == FieldKind.Kilograms
                ? UnitText.TryParseWeight(workspace[text], out value)
                : UnitText.TryParseDuration(workspace[text], out value);
        }

        if (member.Token != JsonTokenType.StartObject || !TryReadValueWithUnit(text, out var number, out var unit))
        {
            return false;
        }

        return kind == FieldKind.Kilograms
            ? UnitText.TryConvertWeight(workspace[number], workspace[unit], out value)
            : UnitText.TryConvertDuration(workspace[number], workspace[unit], out value);
    }

    /// <summary>Finds number and unit in <c>{"value":20,"unit":"kg"}</c>; the number may be text.</summary>
    private bool TryReadValueWithUnit(Slice json, out Slice number, out Slice unit)
    {
        (number, unit) = (default, default);
        var reader = JsonReading.Open(workspace[json]);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = EventDocument.IsValueKey(reader.ValueSpan);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return false;
            }

            var start = (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
            var text = new Slice(json.Start + start, reader.ValueSpan.Length);
            if (isValue)
            {
                number = text;
            }
            else
            {
                unit = text;
            }
        }

        (number, unit) = (Plain(number), Plain(unit));
        return number.Length > 0 && unit.Length > 0;
    }

    private Slice Plain(Slice text)
    {
        if (workspace[text].Contains((byte)'\\'))
        {
            var destination = workspace.Reserve(JsonText.Growth * text.Length);
            text = workspace.Commit(JsonText.Unescape(workspace[text], destination, keepsBytes: false, out _));
        }

        return Whitespace.Trim(workspace, text);
    }

    private FieldOutcome KeepNumber(FieldInfo info, in NumberText number, Slice text, ref ulong repairs)
    {
        if (_profile is not null && (_profile.Seconds & FieldTable.Bit(info.Field)) != 0)
        {
            const int secondsPerMinute = 60;
            repairs |= RepairTable.Set(Repair.SourceProfile);
            return number.TryToDecimal(out var seconds) ? KeepConverted(info, seconds / secondsPerMinute) : FieldOutcome.Bad;
        }

        if (info.ColumnType == ColumnType.Int32)
        {
            return number.TryToInteger(out var whole) ? KeepInteger(info, whole) : FieldOutcome.Bad;
        }

        return KeepDouble(info, number.ToDouble(workspace[text]));
    }

    private FieldOutcome KeepConverted(FieldInfo info, decimal value) => info.Kind switch
    {
        FieldKind.IntegerMinutes => KeepInteger(info, (long)decimal.Round(value, 0, MidpointRounding.AwayFromZero)),
        FieldKind.DecimalMinutes => KeepDouble(info, (double)decimal.Round(value, 1, MidpointRounding.AwayFromZero)),
        _ => KeepDouble(info, (double)value),
    };

    private FieldOutcome KeepInteger(FieldInfo info, long value)
    {
        if (value < info.Minimum || value > info.Maximum)
        {
            return FieldOutcome.Bad;
        }

        Values.Set(info.Field, value);
        return FieldOutcome.Read;
    }

    private FieldOutcome KeepDouble(FieldInfo info, double value)
    {
        if (!(value >= info.Minimum && value <= info.Maximum))
        {
            return FieldOutcome.Bad;
        }

        // Zero has no sign, so that equal content has equal bits.
        Values.Set(info.Field, BitConverter.DoubleToInt64Bits(value + 0.0));
        return FieldOutcome.Read;
    }
}
