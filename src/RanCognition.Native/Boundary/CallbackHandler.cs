using RanCognition.Scheduling;

namespace RanCognition.Native.Boundary;

/// <summary>A handler of the host.</summary>
internal sealed unsafe class CallbackHandler(
    SchedulerSession session,
    delegate* unmanaged[Cdecl]<ulong, ulong, byte*, nuint, ReplyHandle, void*, int> function,
    void* userData) : TaskHandler
{
    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        fixed (byte* bytes = data)   // NULL when there is none
        {
            return function(taskId, payload, bytes, (nuint)data.Length, session.Lend(reply), userData);
        }
    }
}
