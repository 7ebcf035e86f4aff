using System.Text;

namespace AirportOps.Cli.Output;

/// <summary>
/// Standard error with a block of lines that stays at its end: on a terminal, lines written meanwhile appear above the block. Elsewhere the block is
/// written as ordinary lines. Safe for concurrent use.
/// </summary>
/// <param name="inner">The terminal or file.</param>
/// <param name="terminalWidth">Columns of the terminal, asked for at every block; null where it is none.</param>
internal sealed class LiveConsole(TextWriter inner, Func<int>? terminalWidth) : TextWriter
{
    private readonly Lock _guard = new();
    private IReadOnlyList<string> _block = [];

    /// <summary>Whether the block is renewed in place.</summary>
    internal bool IsTerminal => terminalWidth is not null;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Shows a block in place of the one before.</summary>
    internal void Show(IReadOnlyList<string> lines)
    {
        lock (_guard)
        {
            Erase();
            _block = Fitting(lines);
            foreach (var line in IsTerminal ? _block : lines)
            {
                inner.WriteLine(line);
            }

            inner.Flush();
        }
    }

    /// <summary>Leaves the block where it is: it is renewed no more.</summary>
    internal void Release()
    {
        lock (_guard)
        {
            _block = [];
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_guard)
        {
            Erase();
            inner.Write(value);
            foreach (var line in _block)
            {
                inner.WriteLine(line);
            }

            inner.Flush();
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    /// <summary>Lines that a terminal does not wrap, so that as many lines can be taken back as were written.</summary>
    private IReadOnlyList<string> Fitting(IReadOnlyList<string> lines)
    {
        if (terminalWidth is null)
        {
            return [];
        }

        var width = Math.Max(terminalWidth() - 1, 20);
        return [.. lines.Select(line => line.Length <= width ? line : line[..width])];
    }

    private void Erase()
    {
        if (_block.Count > 0)
        {
            inner.Write($"\u001b[{_block.Count}A\u001b[J");
        }
    }
}
