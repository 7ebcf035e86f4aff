using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace AirportOps.Cli;

/// <summary>
/// What the parser lets pass and this program does not: a number is written as in JSON, in every locale (<c>0,1</c> would be read as 1), no value is empty, and what
/// looks like an option is none of the files.
/// </summary>
internal static partial class GivenValues
{
    /// <summary>What is wrong with the first value that is, in words; null where all are well.</summary>
    internal static string? FindFault(ParseResult parsed)
    {
        var behindDashes = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
        {
            foreach (var child in command.Children)
            {
                var fault = child switch
                {
                    OptionResult { Implicit: false } option => option.Tokens.Select(token => Fault(option, token.Value)).FirstOrDefault(found => found is not null),
                    ArgumentResult argument => argument.Tokens.Where(token => !behindDashes.Contains(token.Value))
                        .Select(token => Fault(argument, token.Value)).FirstOrDefault(found => found is not null),
                    _ => null,
                };
                if (fault is not null)
                {
                    return fault;
                }
            }
        }

        return null;
    }

    /// <summary>What an option of a type takes, in words; null for a type that takes anything.</summary>
    internal static string? Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) || number == typeof(long) => "a whole number",
        var number when number == typeof(ulong) => "a whole number from 0",
        var number when number == typeof(double) => "a number",
        var date when date == typeof(DateOnly) => "a date YYYY-MM-DD",
        _ => null,
    };

    private static string? Fault(OptionResult result, string value)
    {
        var option = result.Option;
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        var isWell = type == typeof(double) ? Number().IsMatch(value)
            : type == typeof(int) || type == typeof(long) ? WholeNumber().IsMatch(value)
            : type == typeof(ulong) ? Digits().IsMatch(value)
            : type == typeof(DateOnly) ? Date().IsMatch(value)
            : true;
        return !isWell ? $"{option.Name} is '{value}', expected {Expected(option.ValueType)}"
            : string.IsNullOrWhiteSpace(value) ? $"{option.Name} is empty, expected {option.HelpName ?? "a value"}"
            : null;
    }

    private static string? Fault(ArgumentResult result, string value) =>
        string.IsNullOrWhiteSpace(value) ? $"{result.Argument.Name} is empty"
        : OptionLike().IsMatch(value) ? $"there is no option '{value}'"
        : null;

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^-?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^--?[A-Za-z][A-Za-z0-9-]*(=.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OptionLike();
}
