namespace RanCognition.Tests.HeaderGen;

/// <summary>Bodies that keep the rule of exports, and bodies that break it.</summary>
public static class CatchSamples
{
    private static int s_count;

    public static int Good()
    {
        try
        {
            return Work();
        }
        catch (Exception)
        {
            return -1;
        }
    }

    public static int WorksBeforeTheTry()
    {
        int first = Work();
        try
        {
            return first + Work();
        }
        catch (Exception)
        {
            return -1;
        }
    }

    public static int WorksAfterTheTry()
    {
        int value;
        try
        {
            value = Work();
        }
        catch (Exception)
        {
            value = -1;
        }
        return value + Work();
    }

    public static int CatchesTooLittle()
    {
        try
        {
            return Work();
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    public static int CatchesNothing() => Work();

    public static int HandlerMayThrow()
    {
        try
        {
            return Work();
        }
        catch (Exception)
        {
            return Work();
        }
    }

    private static int Work() => ++s_count;
}
