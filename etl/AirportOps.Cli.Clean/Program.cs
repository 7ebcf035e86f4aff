using AirportOps.Cli;
using AirportOps.Cli.Commands;
using AirportOps.Cli.Output;

using var error = new LiveConsole(Console.Error, Console.IsErrorRedirected ? null : () => Console.WindowWidth);
return await CommandLine.RunAsync(args, host => [CleanCommand.Create(host)], Console.Out, error, TimeProvider.System);
