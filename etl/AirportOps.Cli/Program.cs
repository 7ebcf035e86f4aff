using AirportOps.Cli;
using AirportOps.Cli.Output;

using var error = new LiveConsole(Console.Error, isTerminal: !Console.IsErrorRedirected);
return await CommandLine.RunAsync(args, Console.Out, error, TimeProvider.System);
