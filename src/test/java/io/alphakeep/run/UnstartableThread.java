package io.alphakeep.run;

/** As where no more threads can be had. */
final class UnstartableThread extends Thread {

    UnstartableThread(Runnable work) {
        super(work);
    }

    @Override
    public void start() {
        throw new OutOfMemoryError("unable to create native thread");
    }
}
