using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline;

/// <summary>What the pipeline says to its operator. Ids: 3000 shards that workers share, 3010 windows, 3100 stages and their host.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "{Stage}: shard {Shard} is taken over from {Worker}, which did not renew its lease.")]
    internal static partial void TakenOver(ILogger logger, string stage, string shard, string worker);

    [LoggerMessage(3002, LogLevel.Information, "{Stage}: shard {Shard} is handed over to {Worker}.")]
    internal static partial void HandedOver(ILogger logger, string stage, string shard, string worker);

    [LoggerMessage(3003, LogLevel.Warning, "{Stage}: shard {Shard} is left: {Why}. Nothing is lost; whoever has it goes on after its last commit.")]
    internal static partial void Lost(ILogger logger, string stage, string shard, string why);

    [LoggerMessage(3004, LogLevel.Debug, "{Stage}: the lease of shard {Shard} is deleted: the stream no longer has it.")]
    internal static partial void Forgotten(ILogger logger, string stage, string shard);

    [LoggerMessage(3005, LogLevel.Information, "{Stage}: {Worker} leads.")]
    internal static partial void Leads(ILogger logger, string stage, string worker);

    [LoggerMessage(3006, LogLevel.Information, "{Stage} stands by: {Worker} leads.")]
    internal static partial void StandsBy(ILogger logger, string stage, string worker);

    [LoggerMessage(3007, LogLevel.Warning, "{Stage} leads no more: another worker has the lease, or it could not be renewed. Nothing is lost; what was under way is rolled back.")]
    internal static partial void LedNoMore(ILogger logger, string stage);

    [LoggerMessage(3101, LogLevel.Warning, "{Stage} failed and starts again from what is stored: {Cause}")]
    internal static partial void StageRepeats(ILogger logger, string stage, string cause);

    [LoggerMessage(3102, LogLevel.Error, "{Stage} has ended: {Cause} {Others}")]
    internal static partial void StageEnded(ILogger logger, string stage, string cause, string others);

    [LoggerMessage(3103, LogLevel.Error, "{Stage} ends too: {Feeding}, which feeds it, has ended.")]
    internal static partial void FedStageEnded(ILogger logger, string stage, string feeding);

    [LoggerMessage(3104, LogLevel.Debug, "{Stage} failed at:")]
    internal static partial void StageFailure(ILogger logger, Exception failure, string stage);

    [LoggerMessage(3010, LogLevel.Warning, "{Key} in the lake {Lake} is no window manifest and is passed over. Move it elsewhere.")]
    internal static partial void Stray(ILogger logger, string key, string lake);
}
