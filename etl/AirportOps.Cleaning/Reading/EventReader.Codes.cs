using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Text;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Reading;

internal sealed partial class EventReader
{
    private const int NoCode = -1;

    private void ReadAirports(ulong given)
    {
        (_airports[(int)Field.Airport], _airports[(int)Field.Origin], _airports[(int)Field.Destination]) = (NoCode, NoCode, NoCode);
        ReadEach(given & Airports);
        if (Values.Entity == Entity.FlightEvent && !Values.Has(Field.Airport) && Fault?.Field != Field.Airport && Values.Has(Field.Origin))
        {
            Values.Set(Field.Airport, Values.Text(Field.Origin));
            _airports[(int)Field.Airport] = _airports[(int)Field.Origin];
        }
    }

    private FieldOutcome ReadCode(Field field, CodeTable table, in Member member, ref ulong repairs)
    {
        if (!IsString(member))
        {
            return FieldOutcome.Bad;
        }

        var text = Text(member, ref repairs);

        // A code before a null token: NA and NAN are codes.
        if (TryFindCode(table, text, out var code, ref repairs))
        {
            return KeepCode(field, table, text, code);
        }

        if (NullTokens.IsNull(workspace[text]))
        {
            return FieldOutcome.Null;
        }

        if (!table.TryFindName(NameFolding.FoldUtf8(workspace[text]), out code))
        {
            return FieldOutcome.Unknown;
        }

        repairs |= RepairTable.Set(Repair.CodeAlias);
        return KeepCode(field, table, text, code);
    }

    /// <summary>Finds an IATA code, then an ICAO code, in any case.</summary>
    private bool TryFindCode(CodeTable table, Slice text, out int code, ref ulong repairs)
    {
        const int longestCode = 4;
        code = NoCode;
        if (text.Length > longestCode)
        {
            return false;
        }

        if (table.TryFindIata(workspace[text], out code))
        {
            return true;
        }

        Span<byte> upper = stackalloc byte[longestCode];
        if (System.Text.Ascii.ToUpper(workspace[text], upper, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        var isIata = table.TryFindIata(upper[..length], out code);
        if (!isIata && !table.TryFindIcao(upper[..length], out code))
        {
            return false;
        }

        repairs |= isIata ? 0 : RepairTable.Set(Repair.CodeAlias);
        repairs |= workspace[text].SequenceEqual(upper[..length]) ? 0 : RepairTable.Set(Repair.Trimmed);
        return true;
    }

    private FieldOutcome KeepCode(Field field, CodeTable table, Slice text, int code)
    {
        _airports[(int)field] = code;
        Values.Set(field, workspace[text].SequenceEqual(table[code]) ? text : workspace.Append(table[code]));
        return FieldOutcome.Read;
    }
}
