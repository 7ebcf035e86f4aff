using System.Text.Json.Nodes;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>The program itself, of which a result is wanted.</summary>
internal static class AirportOpsProgram
{
    /// <summary>Runs it with <c>--json</c> among its arguments to its end, which must be a good one.</summary>
    /// <returns>Its result.</returns>
    public static async Task<JsonNode> RunAsync(params string[] arguments)
    {
        var program = await TestProgram.RunAsync(arguments);
        Assert.True(program.ExitCode == 0, $"{arguments[0]} ended with {program.ExitCode}: {program.Error}");
        return JsonNode.Parse(program.Output)!;
    }
}
