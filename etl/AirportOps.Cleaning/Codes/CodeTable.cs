using System.Text;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Codes;

/// <summary>IATA codes, numbered from 0, found by themselves, by ICAO code and by full name.</summary>
internal sealed class CodeTable
{
    private readonly byte[][] _codes;
    private readonly ByteKeyMap _byIata;
    private readonly ByteKeyMap _byIcao;
    private readonly ByteKeyMap _byName;

    /// <param name="rows">The rows, those to prefer first.</param>
    internal CodeTable(IEnumerable<CodeRow> rows)
    {
        var all = rows.ToList();
        var codes = all.Select(row => row.Iata).Distinct(StringComparer.Ordinal).ToList();
        var indexes = codes.Select((code, index) => (code, index)).ToDictionary(pair => pair.code, pair => pair.index, StringComparer.Ordinal);
        _codes = [.. codes.Select(Encoding.ASCII.GetBytes)];
        _byIata = new ByteKeyMap(_codes.Select((code, index) => (code, index)));
        _byIcao = new ByteKeyMap(all.Where(row => row.Icao is not null)
            .DistinctBy(row => row.Icao, StringComparer.Ordinal)
            .Select(row => (Encoding.UTF8.GetBytes(row.Icao!), indexes[row.Iata])));
        _byName = new ByteKeyMap(Names(all).Select(name => (Encoding.UTF8.GetBytes(name.Folded), indexes[name.Iata])));
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

    /// <summary>The names that mean one code: among the active rows of a name if it has any, else among all of them.</summary>
    private static IEnumerable<(string Folded, string Iata)> Names(List<CodeRow> rows) =>
        from row in rows
        let folded = NameFolding.Fold(row.Name)
        where folded.Length > 0
        group row by folded into same
        let isActive = same.Any(row => row.IsActive)
        let codes = same.Where(row => row.IsActive == isActive).Select(row => row.Iata).Distinct().ToList()
        where codes.Count == 1
        select (same.Key, codes[0]);
}
