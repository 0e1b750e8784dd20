using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>Lets one call at a time into a core that two ways lead to: its handle, and the tasks of a scheduler. A call out of a callback of another one is refused.</summary>
public sealed class CoreLock
{
    private bool _inCall;   // read and written only under the monitor

    public void Enter()
    {
        Monitor.Enter(this);   // lets a thread in again that holds it
        if (_inCall)
        {
            Monitor.Exit(this);
            throw new BusyException("in use by the call whose callback this is");
        }
        _inCall = true;
    }

    public void Exit()
    {
        _inCall = false;
        Monitor.Exit(this);
    }
}
