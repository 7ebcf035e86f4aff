using System.Text;
using AirportOps.Cleaning.Text;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Codes;

/// <summary>IATA codes, numbered from 0, found by themselves, by ICAO code and by full name.</summary>
internal sealed class CodeTable
{
    private readonly byte[][] _codes;
    private readonly ByteKeyMap _byIata;
    private readonly ByteKeyMap _byIcao;
    private readonly ByteKeyMap _byName;

    /// <param name="rows">The rows by table, in the order in which tables are asked; within a table those to prefer first.</param>
    internal CodeTable(List<CodeRow> rows)
    {
        var codes = new List<byte[]>(rows.Count);
        var byIata = new Dictionary<string, int>(rows.Count, StringComparer.Ordinal);
        var byIcao = new Dictionary<string, int>(rows.Count, StringComparer.Ordinal);
        var byName = new Dictionary<string, NamedCode>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (byIata.TryAdd(row.Iata, codes.Count))
            {
                codes.Add(Encoding.ASCII.GetBytes(row.Iata));
            }

            var code = byIata[row.Iata];
            if (row.Icao is not null)
            {
                byIcao.TryAdd(row.Icao, code);
            }

            var name = NameFolding.Fold(row.Name);
            if (name.Length > 0)
            {
                byName[name] = byName.TryGetValue(name, out var found) ? found.With(row, code) : new NamedCode(row.Source, code, row.IsActive);
            }
        }

        _codes = [.. codes];
        _byIata = new ByteKeyMap(byIata.Select(entry => (_codes[entry.Value], entry.Value)));
        _byIcao = new ByteKeyMap(byIcao.Select(entry => (Encoding.UTF8.GetBytes(entry.Key), entry.Value)));
        _byName = new ByteKeyMap(byName.Where(entry => !entry.Value.IsShared).Select(entry => (Encoding.UTF8.GetBytes(entry.Key), entry.Value.Code)));
    }

    /// <summary>How many codes there are.</summary>
    internal int Count => _codes.Length;

    /// <summary>The code of a number, in ASCII.</summary>
    internal ReadOnlySpan<byte> this[int index] => _codes[index];

    /// <summary>Finds an exact IATA code in upper case.</summary>
    internal bool TryFindIata(ReadOnlySpan<byte> code, out int index) => _byIata.TryFind(code, out index);

    /// <summary>Finds an exact ICAO code in upper case.</summary>
    internal bool TryFindIcao(ReadOnlySpan<byte> code, out int index) => _byIcao.TryFind(code, out index);

    /// <summary>Finds a name folded by <see cref="NameFolding"/>.</summary>
    internal bool TryFindName(ReadOnlySpan<byte> folded, out int index) => _byName.TryFind(folded, out index);

    /// <summary>What a name means: in the first table that has it the one code of its active rows if it has any, else of all its rows.</summary>
    private readonly record struct NamedCode(ReferenceSource Source, int Code, bool IsActive, bool IsShared = false)
    {
        internal NamedCode With(CodeRow row, int code) =>
            row.Source != Source ? this
            : row.IsActive == IsActive ? this with { IsShared = IsShared || code != Code }
            : row.IsActive ? new NamedCode(Source, code, true)
            : this;
    }
}
