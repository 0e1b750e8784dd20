using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>A handler that calls a function of the test.</summary>
internal sealed class CallHandler(CallHandler.Body body) : TaskHandler
{
    public delegate int Body(ulong id, ulong payload, ReadOnlySpan<byte> data, TaskReply reply);

    public CallHandler(Action<ulong> seen)
        : this((id, _, _, _) =>
        {
            seen(id);
            return 0;
        })
    {
    }

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply) => body(taskId, payload, data, reply);
}
