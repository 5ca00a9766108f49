package dev.latchkey.journey;

import dev.latchkey.support.Images;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;

/** Photos that people upload in the stories. */
final class Photos {
    private Photos() {}

    /** Twice as wide as high: the left half is red, the right half blue, so that a crop can be told from its colour. */
    static byte[] redBesideBlue() {
        return Images.jpeg(800, 400, canvas -> {
            canvas.setColor(Color.RED);
            canvas.fillRect(0, 0, 400, 400);
            canvas.setColor(Color.BLUE);
            canvas.fillRect(400, 0, 400, 400);
        });
    }

    /** A drawn portrait, for pictures that people look at. */
    static byte[] portrait() {
        return Images.jpeg(600, 600, canvas -> {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setStroke(new BasicStroke(6));
            canvas.setPaint(new GradientPaint(0, 0, new Color(0x8ec5c0), 600, 600, new Color(0xf3d9a4)));
            canvas.fillRect(0, 0, 600, 600);
            canvas.setColor(new Color(0x3d2b26));
            canvas.fillOval(170, 90, 260, 300);
            canvas.setColor(new Color(0x2f5d62));
            canvas.fillOval(90, 420, 420, 360);
            canvas.setColor(new Color(0xe8b796));
            canvas.fillRoundRect(260, 340, 80, 130, 40, 40);
            canvas.fillOval(205, 140, 190, 240);
            canvas.setColor(new Color(0x3d2b26));
            canvas.fillArc(195, 110, 210, 170, 0, 180);
            canvas.fillOval(250, 245, 16, 20);
            canvas.fillOval(334, 245, 16, 20);
            canvas.drawArc(265, 285, 70, 45, 200, 140);
        });
    }
}
